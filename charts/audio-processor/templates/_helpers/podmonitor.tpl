{{/*
Rules as the operator writes them, as YAML. Takes a list of them as Prometheus writes them.
*/}}
{{- define "audio-processor.podMonitor.rules" -}}
{{- $names := dict "source_labels" "sourceLabels" "target_label" "targetLabel" -}}
{{- $rules := list -}}
{{- range $rule := . -}}
  {{- $own := dict -}}
  {{- range $key, $value := $rule -}}{{- $_ := set $own (get $names $key | default $key) $value -}}{{- end -}}
  {{- $rules = append $rules $own -}}
{{- end -}}
{{- toYaml $rules -}}
{{- end -}}

{{/*
Labels of an object for the operator: those by which it is found win over none of the chart's.

  include "audio-processor.podMonitor.labels" (dict "root" $ "component" "worker" "pool" "cpu")
*/}}
{{- define "audio-processor.podMonitor.labels" -}}
{{- $own := include "audio-processor.labels" . | fromYaml -}}
{{- toYaml (merge $own .root.Values.monitoring.operator.labels) -}}
{{- end -}}

{{/*
The end of a PodMonitor that all have. The operator adds `container` and `endpoint`, which is a label of the API's own.

  include "audio-processor.podMonitor.endpoint" (dict "root" $ "job" "audio-api" "keep" $rules)
*/}}
{{- define "audio-processor.podMonitor.endpoint" -}}
interval: {{ .root.Values.global.monitoring.scrapeInterval }}
relabelings:
  - {regex: container|endpoint, action: labeldrop}
  - {sourceLabels: [__meta_kubernetes_pod_phase], regex: Running, action: keep}
  {{- include "audio-processor.scrape.labels" . | fromJsonArray | include "audio-processor.podMonitor.rules" | nindent 2 }}
{{- with .keep }}
metricRelabelings:
  {{- include "audio-processor.podMonitor.rules" . | nindent 2 }}
{{- end }}
{{- end -}}
