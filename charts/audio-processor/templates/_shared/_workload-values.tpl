{{/*
`$.ctx.workloadValues`: the values of every workload that runs, without nulls, by their path: `api`, `workers.pools.cpu`,
`models.prefetch`, `prometheus` … Rules of all workloads and recording rules read it; test/render/workloads.test.ts and an invariant
find what is missing here.
*/}}
{{- define "audio-processor.context.workloadValues" -}}
{{- $workloads := dict "api" .ctx.api -}}
{{- range .ctx.pools -}}
  {{- $_ := set $workloads (printf "workers.pools.%s" .key) . -}}
{{- end -}}
{{- range $key := list "beat" "flower" -}}
  {{- $values := get $.ctx $key -}}
  {{- if $values.enabled -}}
    {{- $_ := set $workloads $key $values -}}
  {{- end -}}
{{- end -}}
{{- if .Values.models.prefetch.enabled -}}
  {{- $_ := set $workloads "models.prefetch" .ctx.models.job -}}
{{- end -}}
{{- if .ctx.monitoring.exporter -}}
  {{- $_ := set $workloads "monitoring.brokerExporter" .ctx.exporter -}}
{{- end -}}
{{- $others := dict -}}
{{- if .ctx.broker.embedded -}}
  {{- $_ := set $others "broker" .Values.broker -}}
{{- end -}}
{{- range $key := list "prometheus" "alertmanager" "grafana" -}}
  {{- if (get $.Values $key).enabled -}}
    {{- $_ := set $others $key (get $.Values $key) -}}
  {{- end -}}
{{- end -}}
{{- include "audio-processor.overlay" (list $workloads $others) -}}
{{- $_ := set .ctx "workloadValues" $workloads -}}
{{- end -}}
