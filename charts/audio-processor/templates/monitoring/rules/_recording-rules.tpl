{{/*
`$.ctx.recordingRules`: what the recording rules need of the workloads; empty where nothing evaluates rules.

  workloads    of each workload `labels` (component, pool), `gpu`, and `pods`, a regular expression of the names of its pods
  replicas     of the API and each pool `labels`, and `bounds`: minimum and maximum of its pods
  targets      labels of each scrape job of which at least one target must answer
  slowSeconds  the threshold of slow tasks for pools without `slowAfter`
*/}}
{{- define "audio-processor.context.recordingRules" -}}
{{- $workloads := list -}}
{{- $replicas := list -}}
{{- $targets := list -}}
{{- $slow := "0" -}}
{{- if .ctx.monitoring.mode -}}
  {{- range $workload := prepend .ctx.pools .ctx.api -}}
    {{- $labels := hasKey $workload "key" | ternary (dict "component" "worker" "pool" $workload.key) (dict "component" "api") -}}
    {{- $pods := include "audio-processor.recordingRules.pods" (list $ $workload.base) -}}
    {{- $workloads = append $workloads (dict "labels" $labels "gpu" $workload.gpu "pods" $pods) -}}
    {{- $bounds := dict -}}
    {{- include "audio-processor.recordingRules.bounds" (list $workload.scaling $labels.component $bounds) -}}
    {{- $replicas = append $replicas (dict "labels" (hasKey $labels "pool" | ternary (pick $labels "pool") $labels) "bounds" $bounds) -}}
    {{- if and $bounds.min (or (eq $labels.component "api") $workload.metrics.enabled) -}}
      {{- $targets = append $targets (merge (dict "job" (printf "audio-%s" $labels.component)) $labels) -}}
    {{- end -}}
  {{- end -}}
  {{- /* Every other Deployment that has `base`, by its component. */ -}}
  {{- range $component, $workload := .ctx.workloadValues -}}
    {{- if and $workload.base (ne $component "api") (not (hasKey $workload "key")) -}}
      {{- $pods := include "audio-processor.recordingRules.pods" (list $ $workload.base) -}}
      {{- $workloads = append $workloads (dict "labels" (dict "component" $component) "pods" $pods) -}}
    {{- end -}}
  {{- end -}}
  {{- if .ctx.broker.embedded -}}
    {{- $pods := printf "%s-[0-9]+" (include "audio-processor.name" (list . "redis" 52)) -}}
    {{- $workloads = append $workloads (dict "labels" (dict "component" "broker") "pods" $pods) -}}
  {{- end -}}
  {{- range $job := list
        (dict "enabled" .ctx.monitoring.exporter "job" "audio-broker" "component" "broker")
        (dict "enabled" .ctx.flower.enabled "job" "audio-flower" "component" "flower")
        (dict "enabled" .Values.monitoring.gpu.enabled "job" "audio-gpu" "component" "gpu")
        (dict "enabled" .ctx.monitoring.kubelets "job" "kubelet-cadvisor" "component" "monitoring") -}}
    {{- if $job.enabled -}}
      {{- $targets = append $targets (omit $job "enabled") -}}
    {{- end -}}
  {{- end -}}
  {{- range $alert := .Values.monitoring.alerts -}}
    {{- /* A threshold that is a duration is that of slow tasks. */ -}}
    {{- if kindIs "string" $alert.threshold -}}
      {{- $slow = include "audio-processor.seconds" $alert.threshold -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- $_ := set .ctx "recordingRules" (dict "workloads" $workloads "replicas" $replicas "targets" $targets "slowSeconds" $slow) -}}
{{- end -}}

{{/*
Sets on `$bounds` the minimum and maximum of a workload's pods: (list $scaling "worker" $bounds). With the engine `manual`
they are what the user chose last: a pool may have none and has no maximum, the API must have one.
*/}}
{{- define "audio-processor.recordingRules.bounds" -}}
{{- $scaling := first . -}}
{{- $bounds := last . -}}
{{- if has $scaling.engine (list "hpa" "keda") -}}
  {{- $_ := set $bounds "min" (int64 $scaling.min) -}}
  {{- $_ := set $bounds "max" (int64 $scaling.max) -}}
{{- else if eq $scaling.engine "fixed" -}}
  {{- $replicas := kindIs "string" $scaling.replicas | ternary $scaling.min $scaling.replicas | int64 -}}
  {{- $_ := set $bounds "min" $replicas -}}
  {{- $_ := set $bounds "max" $replicas -}}
{{- else -}}
  {{- $_ := set $bounds "min" (eq (index . 1) "api" | ternary 1 0) -}}
{{- end -}}
{{- end -}}

{{/*
Regular expression of the names of a Deployment's pods: (list $ "audio-worker"). Kubernetes cuts what a pod's name is made
of after 58 characters.
*/}}
{{- define "audio-processor.recordingRules.pods" -}}
{{- $name := include "audio-processor.name" . -}}
{{- if gt (len $name) 57 -}}
{{ $name | trunc 58 }}[a-z0-9]{5}
{{- else -}}
{{ $name }}-[a-z0-9]{1,10}-?[a-z0-9]{5}
{{- end -}}
{{- end -}}
