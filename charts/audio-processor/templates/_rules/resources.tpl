{{/* Every workload as JSON, by the place of its values. */}}
{{- define "audio-processor.workloads" -}}
{{- include "audio-processor.once" (dict "root" . "name" "audio-processor.workloads.found") -}}
{{- end -}}

{{/* What audio-processor.workloads gives. */}}
{{- define "audio-processor.workloads.found" -}}
{{- $workloads := dict -}}
{{- $present := dict
      "api" "true"
      "beat" (include "audio-processor.beat.enabled" .)
      "broker" (include "audio-processor.broker.embedded" .)
      "flower" (include "audio-processor.flower.enabled" .)
      "prometheus" .Values.prometheus.enabled
      "alertmanager" .Values.alertmanager.enabled
      "grafana" .Values.grafana.enabled
-}}
{{- range $key, $is := $present -}}
  {{- if $is -}}
    {{- $_ := set $workloads $key (include "audio-processor.inherit" (list (get $.Values $key)) | fromJson) -}}
  {{- end -}}
{{- end -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $_ := set $workloads (printf "workers.pools.%s" $pool.key) $pool -}}
{{- end -}}
{{- if .Values.models.prefetch.enabled -}}
  {{- $_ := set $workloads "models.prefetch" (include "audio-processor.inherit" (list .Values.models.prefetch) | fromJson) -}}
{{- end -}}
{{- toJson $workloads -}}
{{- end -}}

{{/* Rules about requests and limits, as a JSON list of problems. */}}
{{- define "audio-processor.rules.resources" -}}
{{- $problems := list -}}
{{- $holders := include "audio-processor.workloads" . | fromJson -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $_ := set $holders (printf "workers.pools.%s.metrics" $pool.key) $pool.metrics -}}
{{- end -}}
{{- range $at, $workload := $holders -}}
  {{- $limits := $workload.resources.limits -}}
  {{- range $name, $request := $workload.resources.requests -}}
    {{- $requested := include "audio-processor.number" $request | float64 -}}
    {{- $limit := include "audio-processor.number" (get $limits $name | default 0) | float64 -}}
    {{- if and (contains "/" $name) (ne $requested $limit) -}}
      {{- $problems = append $problems (printf "%s.resources.requests.%s: Kubernetes shares out devices whole, so request and limit must be equal. Set only %s.resources.limits.%s." $at $name $at $name) -}}
    {{- else if and (hasKey $limits $name) (gt $requested $limit) -}}
      {{- $problems = append $problems (printf "%s.resources.requests.%s: %s is more than the limit %s, which Kubernetes refuses. Lower it, or raise %s.resources.limits.%s." $at $name (include "audio-processor.quantity" $request) (include "audio-processor.quantity" (get $limits $name)) $at $name) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about storage, as a JSON list of problems. */}}
{{- define "audio-processor.rules.storage" -}}
{{- $problems := list -}}
{{- range $at, $workload := include "audio-processor.workloads" . | fromJson -}}
  {{- $sizes := $workload.storage | default dict -}}
  {{- $where := printf "the sizes under %s.storage together" $at -}}
  {{- if hasKey $workload "persistence" -}}
    {{- $where = printf "%s.persistence.size, which without persistence is on the node's disk" $at -}}
    {{- $sizes = $workload.persistence.enabled | ternary dict (dict "data" $workload.persistence.size) -}}
  {{- else if has $at (list "flower" "models.prefetch") -}}
    {{- $where = printf "%s.tmp" $at -}}
    {{- $sizes = dict "tmp" $workload.tmp -}}
  {{- end -}}
  {{- if and (eq $.Values.models.cache.type "claim") (or (eq $at "api") (hasPrefix "workers." $at)) -}}
    {{- $sizes = omit $sizes "cache" -}}
  {{- end -}}
  {{- $sum := 0 -}}
  {{- range $size := $sizes -}}
    {{- $sum = add $sum (include "audio-processor.bytes" $size | int64) -}}
  {{- end -}}
  {{- with get $workload.resources.limits "ephemeral-storage" -}}
    {{- if gt $sum (include "audio-processor.bytes" . | int64) -}}
      {{- $problems = append $problems (printf "%s.resources.limits.ephemeral-storage: %s is less than %s, so the pod would be evicted before this space is full. Set at least %dMi." $at (include "audio-processor.quantity" .) $where (div (add $sum 1048575) 1048576)) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
