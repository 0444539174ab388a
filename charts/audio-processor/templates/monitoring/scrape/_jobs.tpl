{{/*
`$.ctx.scrapeJobs`: what is scraped, for the bundled Prometheus's jobs and the operator's PodMonitors. A job has the
`component` and the named `port` of its pods, their metrics `path`, and `workloads`, the names and pools of the workloads that
those pods belong to: each is one PodMonitor.
*/}}
{{- define "audio-processor.context.scrapeJobs" -}}
{{- $jobs := list (dict "job" "audio-api" "component" "api" "port" "http" "path" "/metrics" "workloads" (list (dict "name" .ctx.api.name))) -}}
{{- $pools := list -}}
{{- range $pool := .ctx.pools -}}
  {{- if $pool.metrics.enabled -}}{{- $pools = append $pools (dict "name" $pool.name "pool" $pool.key) -}}{{- end -}}
{{- end -}}
{{- if $pools -}}
  {{- $jobs = append $jobs (dict "job" "audio-worker" "component" "worker" "port" "metrics" "path" "/metrics" "workloads" $pools) -}}
{{- end -}}
{{- if .ctx.monitoring.exporter -}}
  {{- $name := dict "name" (include "audio-processor.name" (list . "redis-exporter")) -}}
  {{- $jobs = append $jobs (dict "job" "audio-broker" "component" "broker-exporter" "port" "metrics" "path" "/metrics" "workloads" (list $name)) -}}
{{- end -}}
{{- if .Values.flower.enabled -}}
  {{- $name := dict "name" (include "audio-processor.name" (list . "flower")) -}}
  {{- $path := printf "/%s/metrics" .ctx.flower.prefix -}}
  {{- $jobs = append $jobs (dict "job" "audio-flower" "component" "flower" "port" "http" "path" $path "workloads" (list $name)) -}}
{{- end -}}
{{- $_ := set .ctx "scrapeJobs" $jobs -}}
{{- end -}}
