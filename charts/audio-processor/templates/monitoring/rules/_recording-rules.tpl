{{/*
Recording rules of the configuration: what expressions and dashboards need of the values, as series. Thresholds, which pool
consumes which queue, how many pods may run, which targets must exist. An expression contains no value but its own alert's.
*/}}
{{- define "audio-processor.recordingRules.configuration" -}}
{{- range $name, $alert := .Values.monitoring.alerts }}
{{- if $alert.enabled }}
{{- $labels := dict "alertname" $name }}
{{- if hasKey $alert "threshold" }}
{{- include "audio-processor.recordingRules.constant" (list $ "alert_threshold" (include "audio-processor.recordingRules.threshold" $alert.threshold) $labels) }}
{{- end }}
{{- if hasKey $alert "throttled" }}
{{- include "audio-processor.recordingRules.constant" (list $ "alert_threshold:throttled" $alert.throttled $labels) }}
{{- end }}
{{- end }}
{{- end }}
{{- range $workload := include "audio-processor.scaled" . | fromJsonArray }}
{{- $labels := eq $workload.component "api" | ternary (dict "component" "api") (pick $workload "pool") }}
{{- range $bound, $pods := include "audio-processor.recordingRules.replicas" $workload | fromYaml }}
{{- include "audio-processor.recordingRules.constant" (list $ (printf "pool_replicas:%s" $bound) (int64 $pods) $labels) }}
{{- end }}
{{- end }}
{{- $slow := .Values.monitoring.alerts.SlowProcessing.threshold }}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray }}
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
{{- $seconds := include "audio-processor.seconds" $pool.slowAfter | int64 | default (include "audio-processor.seconds" $slow) }}
{{- include "audio-processor.recordingRules.constant" (list $ "pool_slow:seconds" $seconds $labels) }}
{{- end }}
{{- range include "audio-processor.recordingRules.targets" . | fromYamlArray }}
{{- include "audio-processor.recordingRules.constant" (list $ "target_expected:info" 1 .) }}
{{- end }}
{{- end -}}

{{/* A recording rule with a constant value: (list $ "queue_pool:info" 1 (dict "queue" "audio_queue" "pool" "cpu")). */}}
{{- define "audio-processor.recordingRules.constant" }}
- expr: vector({{ index . 2 }})
  labels:
    {{- include "audio-processor.ruleLabels" (list (index . 0) (index . 3)) | nindent 4 }}
  record: audio_processor:{{ index . 1 }}
{{- end -}}

{{/* A threshold as a number: a duration in seconds, a whole number without exponent. */}}
{{- define "audio-processor.recordingRules.threshold" -}}
{{- if kindIs "string" . -}}
{{- include "audio-processor.seconds" . -}}
{{- else -}}
{{- eq (floor .) . | ternary (int64 .) . -}}
{{- end -}}
{{- end -}}

{{/*
Minimum and maximum of a workload's pods. With the engine `manual` they are what the user chose last: a pool may have
none and has no maximum, the API must have one. Takes the workload.
*/}}
{{- define "audio-processor.recordingRules.replicas" -}}
{{- if has .scaling.engine (list "hpa" "keda") -}}
min: {{ int64 .scaling.min }}
max: {{ int64 .scaling.max }}
{{- else if eq .scaling.engine "fixed" -}}
min: {{ include "audio-processor.replicas" .scaling }}
max: {{ include "audio-processor.replicas" .scaling }}
{{- else -}}
min: {{ eq .component "api" | ternary 1 0 }}
{{- end -}}
{{- end -}}

{{/* Labels of each job of which at least one target must answer, as a YAML list. */}}
{{- define "audio-processor.recordingRules.targets" -}}
{{- $unwatched := list -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- if not $pool.metrics.enabled -}}{{- $unwatched = append $unwatched $pool.key -}}{{- end -}}
{{- end -}}
{{- range $workload := include "audio-processor.scaled" . | fromJsonArray }}
{{- $replicas := include "audio-processor.recordingRules.replicas" $workload | fromYaml }}
{{- if and $replicas.min (not (has ($workload.pool | default "") $unwatched)) }}
- job: audio-{{ $workload.component }}
  {{- toYaml (pick $workload "component" "pool") | nindent 2 }}
{{- end }}
{{- end }}
{{- if include "audio-processor.brokerExporter.enabled" . }}
- {job: audio-broker, component: broker}
{{- end }}
{{- if include "audio-processor.flower.enabled" . }}
- {job: audio-flower, component: flower}
{{- end }}
{{- if .Values.monitoring.gpu.enabled }}
- {job: audio-gpu, component: gpu}
{{- end }}
{{- if include "audio-processor.monitoring.nodes" . }}
- {job: kubelet-cadvisor, component: monitoring}
{{- end }}
{{- end -}}
