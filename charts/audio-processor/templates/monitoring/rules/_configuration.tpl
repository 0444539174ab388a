{{/*
Recording rules of the configuration: what expressions and dashboards need of the values, as series. Thresholds, which pool
consumes which queue, how many pods may run, which targets must exist. An expression contains no value but its own alert's.
*/}}
{{- define "audio-processor.recordingRules.configuration" -}}
{{- range $alert := .ctx.alerts }}
{{- range $series, $threshold := $alert.thresholds }}
{{- include "audio-processor.recordingRules.constant" (list $ $series $threshold (dict "alertname" $alert.name)) }}
{{- end }}
{{- end }}
{{- range $workload := .ctx.recordingRules.replicas }}
{{- range $bound, $pods := $workload.bounds }}
{{- include "audio-processor.recordingRules.constant" (list $ (printf "pool_replicas:%s" $bound) $pods $workload.labels) }}
{{- end }}
{{- end }}
{{- range $pool := .ctx.pools }}
{{- $labels := dict "pool" $pool.key }}
{{- range $queue := $pool.queueNames }}
{{- include "audio-processor.recordingRules.constant" (list $ "queue_pool:info" 1 (dict "queue" $queue "pool" $pool.key)) }}
{{- end }}
{{- if has $pool.scaling.engine (list "hpa" "keda") }}
{{- include "audio-processor.recordingRules.constant" (list $ "pool_autoscaled:info" 1 $labels) }}
{{- end }}
{{- if not $pool.metrics.enabled }}
{{- include "audio-processor.recordingRules.constant" (list $ "pool_unwatched:info" 1 $labels) }}
{{- end }}
{{- $slow := include "audio-processor.seconds" $pool.slowAfter | int64 | default $.ctx.recordingRules.slowSeconds }}
{{- include "audio-processor.recordingRules.constant" (list $ "pool_slow:seconds" $slow $labels) }}
{{- end }}
{{- range $labels := .ctx.recordingRules.targets }}
{{- include "audio-processor.recordingRules.constant" (list $ "target_expected:info" 1 $labels) }}
{{- end }}
{{- end -}}

{{/* A recording rule with a constant value: (list $ "queue_pool:info" 1 (dict "queue" "audio_queue" "pool" "cpu")). */}}
{{- define "audio-processor.recordingRules.constant" }}
- expr: vector({{ index . 2 }})
  labels:
    {{- toYaml (merge (dict) (last .) (first .).ctx.monitoring.seriesLabels) | nindent 4 }}
  record: audio_processor:{{ index . 1 }}
{{- end -}}
