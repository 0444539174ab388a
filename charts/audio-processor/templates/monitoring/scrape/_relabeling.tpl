{{/*
Relabeling rules, for Prometheus (`source_labels`, `target_label`) and with `operator` for a PodMonitor (`sourceLabels`,
`targetLabel`). All print YAML lists.
*/}}

{{/*
Labels of every series of a job. The namespace is the release's, also where the target, as DCGM's exporter, is in another.

  include "audio-processor.scrape.targetLabels" (dict "root" $ "job" "audio-worker" "operator" false)
*/}}
{{- define "audio-processor.scrape.targetLabels" -}}
{{- $source := .operator | ternary "sourceLabels" "source_labels" -}}
{{- $target := .operator | ternary "targetLabel" "target_label" -}}
- {{ $source }}:
  - __meta_kubernetes_pod_name
  {{ $target }}: pod
- {{ $source }}:
  - __meta_kubernetes_pod_label_audio_processor_pool
  {{ $target }}: pool
- replacement: {{ .job }}
  {{ $target }}: job
- replacement: {{ toYaml .root.Release.Namespace }}
  {{ $target }}: namespace
- replacement: {{ toYaml .root.ctx.monitoring.release }}
  {{ $target }}: release
{{- end -}}

{{/*
Rules for the samples of a job, or nothing: `(dict "root" $ "job" "audio-api" "operator" false)`.

The API counts by the raw path, so that every task and every unknown path would have series. Those of single tasks are dropped
and not renamed: several of one name in one scrape would keep the value of only one. Of unknown paths, server errors are
kept, but neither durations nor 404 responses. Of GPUs, those that a container of this namespace uses: one that nobody uses has
no label `container` and the target's namespace.
*/}}
{{- define "audio-processor.scrape.metricRelabeling" -}}
{{- $source := .operator | ternary "sourceLabels" "source_labels" -}}
{{- $target := .operator | ternary "targetLabel" "target_label" -}}
{{- if eq .job "audio-api" -}}
{{- $known := list "/" "/docs" "/extractors" "/health(/[a-z]+)?" "/metrics" "/openapi.json" "/process" "/redoc"
      "/(unified|async)/(batch|config|examples|process)" -}}
{{- $prefix := .root.Values.routing.paths.api | trimAll "/" | regexQuoteMeta -}}
- action: drop
  regex: (/.*)?/task/.*
  {{ $source }}:
  - endpoint
- regex: {{ printf "|(/%s)?(%s)" $prefix (join "|" $known) | toYaml }}
  replacement: "true"
  {{ $source }}:
  - endpoint
  {{ $target }}: known_endpoint
- action: drop
  regex: ;audio_request_duration_seconds_.+
  {{ $source }}:
  - known_endpoint
  - __name__
- action: drop
  regex: ;404
  {{ $source }}:
  - known_endpoint
  - status
- action: labeldrop
  regex: known_endpoint
{{- else if eq .job "audio-gpu" -}}
{{- $namespace := .root.Release.Namespace -}}
- action: keep
  regex: DCGM_.+
  {{ $source }}:
  - __name__
- action: keep
  regex: ({{ $namespace }};.*|;{{ $namespace }});.+
  {{ $source }}:
  - exported_namespace
  - namespace
  - container
{{- end -}}
{{- end -}}

{{/*
Labels of an object for the Prometheus Operator, which finds it by the user's: `(dict "root" $ "component" "worker")`. The
chart's own labels take precedence.
*/}}
{{- define "audio-processor.operatorLabels" -}}
{{- $own := include "audio-processor.labels" . | fromYaml -}}
{{- toYaml (merge $own .root.Values.monitoring.operator.labels) -}}
{{- end -}}

{{/*
Interval and relabeling of a PodMonitor's endpoint: `(dict "root" $ "job" "audio-api" "operator" true)`. The operator adds the
labels `container` and `endpoint`, of which the latter is a label of the API's own samples.
*/}}
{{- define "audio-processor.scrape.endpoint" -}}
interval: {{ .root.Values.global.monitoring.scrapeInterval }}
relabelings:
  - {regex: container|endpoint, action: labeldrop}
  - {sourceLabels: [__meta_kubernetes_pod_phase], regex: Running, action: keep}
  {{- include "audio-processor.scrape.targetLabels" . | nindent 2 }}
{{- with include "audio-processor.scrape.metricRelabeling" . }}
metricRelabelings:
  {{- . | nindent 2 }}
{{- end }}
{{- end -}}
