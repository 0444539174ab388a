{{/*
Recording rules of measurements, from `files/recording-rules`: what alerts and dashboards read, computed once. A file's `rules`
are rendered once for each `per`: for the `release`, for each `counter` of its list, for each `workload`, for each `gpuPool`.
*/}}
{{- define "audio-processor.recordingRules.measurements" -}}
{{- $files := list -}}
{{- range $path, $_ := .Files.Glob "files/recording-rules/*.yaml" -}}
  {{- $files = append $files ($.Files.Get $path | fromYaml) -}}
{{- end -}}
{{- $selector := .ctx.monitoring.selector -}}
{{- range $file := $files }}
{{- range $name, $counter := $file.counters }}
{{- $matchers := compact (list $selector $counter.matchers) | join "," }}
{{- $values := dict "selector" $selector "counter" $name "metric" $counter.metric "matchers" $matchers "labels" $counter.labels }}
{{- include "audio-processor.recordingRules.file" (list $ $file $values $counter.windowOf dict) }}
{{- end }}
{{- end }}
{{- range $file := $files }}
{{- if eq $file.per "release" }}
{{- include "audio-processor.recordingRules.file" (list $ $file (dict "selector" $selector) "" dict) }}
{{- end }}
{{- end }}
{{- range $workload := .ctx.recordingRules.workloads }}
{{- $values := dict
      "pods" (printf "namespace=%q,pod=~%q" $.Release.Namespace $workload.pods)
      "exportedPods" (printf "exported_namespace=%q,exported_pod=~%q" $.Release.Namespace $workload.pods) }}
{{- range $file := $files }}
{{- if or (eq $file.per "workload") (and (eq $file.per "gpuPool") $workload.gpu) }}
{{- include "audio-processor.recordingRules.file" (list $ $file $values $file.windowOf $workload.labels) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
The rules of a file: (list $ $file $values $windowOf $labels). `windowOf` names the alert whose window
`${window}` is, or is empty. `${before}` is two scrape intervals longer, for targets are not all discovered by the same scrape.
*/}}
{{- define "audio-processor.recordingRules.file" }}
{{- $root := first . }}
{{- $file := index . 1 }}
{{- $values := index . 2 }}
{{- with index . 3 }}
{{- $window := (get $root.Values.monitoring.alerts .).window }}
{{- $interval := include "audio-processor.seconds" $root.Values.global.monitoring.scrapeInterval }}
{{- $before := add (include "audio-processor.seconds" $window) (mul 2 $interval) }}
{{- $values = merge (dict "window" $window "before" (printf "%ds" $before)) $values }}
{{- end }}
{{- range $rule := $file.rules }}
{{- $expr := $rule.expr }}
{{- if kindIs "map" $expr }}
{{- $expr = eq $root.ctx.monitoring.mode "bundled" | ternary $expr.cadvisor $expr.kubeStateMetrics }}
{{- end }}
- expr: |-
    {{- include "audio-processor.expression" (list $expr $values) | nindent 4 }}
  labels:
    {{- toYaml (merge (dict) (last $) $root.ctx.monitoring.seriesLabels) | nindent 4 }}
  record: {{ include "audio-processor.interpolate" (list $rule.record $values) }}
{{- end }}
{{- end -}}
