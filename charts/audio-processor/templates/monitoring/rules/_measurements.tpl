{{/*
Recording rules of measurements, from `files/recording-rules`: what alerts and dashboards read, computed once. A file's `per`
says how many rules it makes: one for each `counter` of its list, for the `release`, for each `workload`, for each `gpuPool`.
*/}}
{{- define "audio-processor.recordingRules.measurements" -}}
{{- $files := list -}}
{{- range $path, $_ := .Files.Glob "files/recording-rules/*.yaml" -}}
  {{- $files = append $files ($.Files.Get $path | fromYaml) -}}
{{- end -}}
{{- $selector := include "audio-processor.monitoring.selector" . -}}
{{- range $file := $files }}
{{- range $name, $counter := $file.counters }}
{{- $matchers := compact (list $selector $counter.matchers) | join "," }}
{{- $values := dict "selector" $selector "counter" $name "metric" $counter.metric "matchers" $matchers "labels" $counter.labels }}
{{- include "audio-processor.recordingRules.measurement" (list $ $file $values $counter.windowOf dict) }}
{{- end }}
{{- end }}
{{- range $file := $files }}
{{- if eq $file.per "release" }}
{{- include "audio-processor.recordingRules.measurement" (list $ $file (dict "selector" $selector) "" dict) }}
{{- end }}
{{- end }}
{{- range $workload := include "audio-processor.recordingRules.workloads" . | fromYamlArray }}
{{- $values := dict
      "pods" (printf "namespace=%q,pod=~%q" $.Release.Namespace $workload.pods)
      "exportedPods" (printf "exported_namespace=%q,exported_pod=~%q" $.Release.Namespace $workload.pods) }}
{{- range $file := $files }}
{{- if or (eq $file.per "workload") (and (eq $file.per "gpuPool") $workload.gpu) }}
{{- include "audio-processor.recordingRules.measurement" (list $ $file $values $file.windowOf (pick $workload "component" "pool")) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
One recording rule of a file: (list $ $file $values $windowOf $labels). `windowOf` names the alert whose window
`${window}` is, or is empty. `${before}` is two scrape intervals longer, for targets are not all discovered by the same scrape.
*/}}
{{- define "audio-processor.recordingRules.measurement" }}
{{- $root := index . 0 }}
{{- $file := index . 1 }}
{{- $values := index . 2 }}
{{- with index . 3 }}
{{- $window := (get $root.Values.monitoring.alerts .).window }}
{{- $interval := include "audio-processor.seconds" $root.Values.global.monitoring.scrapeInterval | int64 }}
{{- $before := add (include "audio-processor.seconds" $window) (mul 2 $interval) }}
{{- $values = merge (dict "window" $window "before" (printf "%ds" $before)) $values }}
{{- end }}
{{- $expr := $file.expr }}
{{- if kindIs "map" $expr }}
{{- $bundled := eq (include "audio-processor.monitoring.mode" $root) "bundled" }}
{{- $expr = $bundled | ternary $expr.cadvisor $expr.kubeStateMetrics }}
{{- end }}
- expr: |-
    {{- include "audio-processor.expression" (list $expr $values) | nindent 4 }}
  labels:
    {{- include "audio-processor.ruleLabels" (list $root (index . 4)) | nindent 4 }}
  record: {{ include "audio-processor.interpolate" (list $file.record $values) }}
{{- end -}}

{{/*
Every workload, as a YAML list: `component`, `pool`, `gpu` and `pods`, a regular expression of its pods' names. The kubelets'
series have no label of ours and are selected by it. Kubernetes cuts what a pod's name is made of after 58 characters.
*/}}
{{- define "audio-processor.recordingRules.workloads" -}}
- component: api
  pods: {{ include "audio-processor.recordingRules.pods" (list $ "audio-processor") }}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray }}
- component: worker
  pool: {{ $pool.key | quote }}
  gpu: {{ $pool.gpu }}
  pods: {{ include "audio-processor.recordingRules.pods" (list $ $pool.base) }}
{{- end }}
{{- if include "audio-processor.beat.enabled" . }}
- component: beat
  pods: {{ include "audio-processor.recordingRules.pods" (list $ "audio-beat") }}
{{- end }}
{{- if include "audio-processor.flower.enabled" . }}
- component: flower
  pods: {{ include "audio-processor.recordingRules.pods" (list $ "flower") }}
{{- end }}
{{- if include "audio-processor.broker.embedded" . }}
- component: broker
  pods: {{ include "audio-processor.name" (list . "redis" 52) }}-[0-9]+
{{- end }}
{{- end -}}

{{/* Regular expression of the names of a Deployment's pods: (list $ "audio-worker"). */}}
{{- define "audio-processor.recordingRules.pods" -}}
{{- $name := include "audio-processor.name" (list (index . 0) (index . 1)) -}}
{{- if gt (len $name) 57 -}}
{{ $name | trunc 58 }}[a-z0-9]{5}
{{- else -}}
{{ $name }}-[a-z0-9]{1,10}-?[a-z0-9]{5}
{{- end -}}
{{- end -}}
