{{/* Rules of all workloads: probes, rolling updates, disruption budgets, requests and limits, ephemeral storage. */}}
{{- define "audio-processor.workloads.rules" }}
{{- range $at, $workload := .ctx.workloadValues }}
  {{- range $name, $probe := .probes }}
    {{- range $key, $value := pick $probe "period" "timeout" }}
      {{- if lt (include "audio-processor.seconds" $value | int64) 1 }}
      - {{ $at }}.probes.{{ $name }}.{{ $key }}: {{ $value }} is less than 1s, the minimum of Kubernetes. Set at least 1s.
      {{- end }}
    {{- end }}
  {{- end }}
  {{- with .strategy }}
    {{- $none := list "0" "0%" }}
    {{- if and (eq .type "RollingUpdate") (has (toString .maxSurge) $none) (has (toString .maxUnavailable) $none) }}
    - {{ $at }}.strategy: maxSurge and maxUnavailable must not both be 0: no pod could be replaced.
      Set one of them above 0.
    {{- end }}
  {{- end }}
  {{- with .disruption }}
    {{- if and .enabled (has (toString .maxUnavailable) (list "0" "0%")) }}
    - {{ $at }}.disruption.maxUnavailable: {{ .maxUnavailable }} allows no eviction, so that a drain of a node never ends.
      Set at least 1.
    {{- end }}
  {{- end }}
{{- end }}
{{- /* Requests and limits, also of the containers beside the main one. */}}
{{- $containers := dict }}
{{- range $at, $workload := .ctx.workloadValues }}
  {{- $_ := set $containers $at .resources }}
  {{- if hasPrefix "workers.pools." $at }}
    {{- $_ := set $containers (printf "%s.metrics" $at) .metrics.resources }}
  {{- end }}
{{- end }}
{{- range $at, $resources := $containers }}
  {{- range $name, $request := .requests }}
    {{- if or (hasKey $resources.limits $name) (contains "/" $name) }}
    {{- $limit := get $resources.limits $name | default 0 }}
    {{- $requested := include "audio-processor.number" $request | float64 }}
    {{- $limited := include "audio-processor.number" $limit | float64 }}
    {{- if and (contains "/" $name) (ne $requested $limited) }}
    - {{ $at }}.resources.requests.{{ $name }}: an extended resource cannot be overcommitted: its request must equal its
      limit. Set only {{ $at }}.resources.limits.{{ $name }}.
    {{- else if gt $requested $limited }}
    - {{ $at }}.resources.requests.{{ $name }}: {{ include "audio-processor.quantity" $request }} is more than the limit
      {{ include "audio-processor.quantity" $limit }}. Lower it, or raise {{ $at }}.resources.limits.{{ $name }}.
    {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- /* emptyDir volumes count towards the limit of ephemeral storage. */}}
{{- $claim := eq .Values.models.cache.type "claim" }}
{{- range $at, $workload := .ctx.workloadValues }}
  {{- $volumes := .storage | default dict }}
  {{- $where := printf "the volumes of %s.storage" $at }}
  {{- if hasKey . "persistence" }}
    {{- $volumes = .persistence.enabled | ternary dict (dict "data" .persistence.size) }}
    {{- $where = printf "%s.persistence.size, an emptyDir without persistence" $at }}
  {{- else if hasKey . "tmp" }}
    {{- $volumes = dict "tmp" .tmp }}
    {{- $where = printf "%s.tmp" $at }}
  {{- else if and $claim (or (eq $at "api") (hasPrefix "workers." $at)) }}
    {{- $volumes = omit $volumes "cache" }}
  {{- end }}
  {{- $sum := 0 }}
  {{- range $volumes }}
    {{- $sum = add $sum (include "audio-processor.bytes" .) }}
  {{- end }}
  {{- with get .resources.limits "ephemeral-storage" }}
    {{- if gt $sum (include "audio-processor.bytes" . | int64) }}
    - {{ $at }}.resources.limits.ephemeral-storage: {{ include "audio-processor.quantity" . }} is less than {{ $where }}, so
      that the pod would be evicted. Set at least {{ div (add $sum 1048575) 1048576 }}Mi.
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
