{{/*
What is scraped, as a JSON list: the one source of the bundled Prometheus's jobs and of the operator's PodMonitors. A job
has the `component` and the named `port` of its pods, the `path` there, and `keep`, further rules for the samples.
`workloads` are the names and pools of the workloads that make those pods: each is one PodMonitor.
*/}}
{{- define "audio-processor.scrape.jobs" -}}
{{- $name := dict "root" . -}}
{{- $api := dict "name" (include "audio-processor.name" (list . "audio-processor")) -}}
{{- $jobs := list (dict "job" "audio-api" "component" "api" "port" "http" "path" "/metrics" "workloads" (list $api)
      "keep" (include "audio-processor.scrape.endpoints" . | fromJsonArray)) -}}
{{- $pools := list -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- if $pool.metrics.enabled -}}{{- $pools = append $pools (dict "name" $pool.name "pool" $pool.key) -}}{{- end -}}
{{- end -}}
{{- if $pools -}}
  {{- $jobs = append $jobs (dict "job" "audio-worker" "component" "worker" "port" "metrics" "path" "/metrics" "workloads" $pools) -}}
{{- end -}}
{{- if include "audio-processor.brokerExporter.enabled" . -}}
  {{- $exporter := dict "name" (include "audio-processor.name" (list . "redis-exporter")) -}}
  {{- $jobs = append $jobs (dict "job" "audio-broker" "component" "broker-exporter" "port" "metrics" "path" "/metrics" "workloads" (list $exporter)) -}}
{{- end -}}
{{- if include "audio-processor.flower.enabled" . -}}
  {{- $flower := dict "name" (include "audio-processor.name" (list . "flower")) -}}
  {{- $path := printf "/%s/metrics" (include "audio-processor.flower.prefix" .) -}}
  {{- $jobs = append $jobs (dict "job" "audio-flower" "component" "flower" "port" "http" "path" $path "workloads" (list $flower)) -}}
{{- end -}}
{{- toJson $jobs -}}
{{- end -}}

{{/* Samples that one target may have; it fails above, instead of filling the server. */}}
{{- define "audio-processor.scrape.limit" -}}
10000
{{- end -}}

{{/*
Rules for the API's samples, as a JSON list: it counts by the raw path, so that every task and every path that somebody
tries has series of its own. Those of single tasks are dropped and not renamed: several of one name in one scrape would
leave the number of one of them. Of an unknown path, errors of the server are kept, but neither times nor answers 404.
*/}}
{{- define "audio-processor.scrape.endpoints" -}}
{{- $known := list "/" "/docs" "/extractors" "/health(/[a-z]+)?" "/metrics" "/openapi.json" "/process" "/redoc"
      "/(unified|async)/(batch|config|examples|process)" -}}
{{- $prefix := .Values.routing.paths.api | trimAll "/" | regexQuoteMeta -}}
{{- toJson (list
      (dict "source_labels" (list "endpoint") "regex" "(/.*)?/task/.*" "action" "drop")
      (dict "source_labels" (list "endpoint") "regex" (printf "|(/%s)?(%s)" $prefix (join "|" $known)) "target_label" "known_endpoint" "replacement" "true")
      (dict "source_labels" (list "known_endpoint" "__name__") "regex" ";audio_request_duration_seconds_.+" "action" "drop")
      (dict "source_labels" (list "known_endpoint" "status") "regex" ";404" "action" "drop")
      (dict "regex" "known_endpoint" "action" "labeldrop")) -}}
{{- end -}}

{{/*
Labels that every series of a job gets, as a JSON list. The namespace is the release's, even where the target, as DCGM's
exporter, stands in another: it says whose series it is.

  include "audio-processor.scrape.labels" (dict "root" $ "job" "audio-worker") | fromJsonArray
*/}}
{{- define "audio-processor.scrape.labels" -}}
{{- $labels := list -}}
{{- range $label, $from := dict "pod" "pod_name" "pool" "pod_label_audio_processor_pool" -}}
  {{- $labels = append $labels (dict "source_labels" (list (printf "__meta_kubernetes_%s" $from)) "target_label" $label) -}}
{{- end -}}
{{- $own := dict "job" .job "namespace" .root.Release.Namespace "release" (include "audio-processor.monitoring.release" .root) -}}
{{- range $label, $value := $own -}}
  {{- $labels = append $labels (dict "target_label" $label "replacement" $value) -}}
{{- end -}}
{{- toJson $labels -}}
{{- end -}}
