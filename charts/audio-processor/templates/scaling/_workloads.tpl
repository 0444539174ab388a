{{/*
`$.ctx.workloads`: the workloads of which more than one pod may run: `component`, `pool` (its key; absent for the API), `base` (of
its container), `name`, `scaling` and `disruption`.
*/}}
{{- define "audio-processor.context.workloads" -}}
{{- $workloads := list (merge (dict "component" "api") (pick .ctx.api "base" "name" "scaling" "disruption")) -}}
{{- range $pool := .ctx.pools -}}
  {{- $own := dict "component" "worker" "pool" $pool.key -}}
  {{- $workloads = append $workloads (merge $own (pick $pool "base" "name" "scaling" "disruption")) -}}
{{- end -}}
{{- $_ := set .ctx "workloads" $workloads -}}
{{- end -}}

{{/*
`behavior` of a HorizontalPodAutoscaler. Every default is written out: KEDA compares this with what the server made of it and
would otherwise write it again at each reconciliation. Takes the workload's `scaling`.
*/}}
{{- define "audio-processor.scaling.behavior" -}}
{{- range $direction := list "scaleDown" "scaleUp" }}
{{- $pace := get $ $direction }}
{{- $never := not (or $pace.percent $pace.pods) }}
{{ $direction }}:
  stabilizationWindowSeconds: {{ include "audio-processor.seconds" $pace.window }}
  selectPolicy: {{ $never | ternary "Disabled" "Max" }}
  policies:
    {{- range $type, $amount := dict "Percent" ($never | ternary 100 $pace.percent) "Pods" $pace.pods }}
    {{- if $amount }}
    - type: {{ $type }}
      value: {{ int64 $amount }}
      periodSeconds: {{ include "audio-processor.seconds" $pace.period }}
    {{- end }}
    {{- end }}
{{- end }}
{{- end -}}

{{/*
Lines of NOTES about what decides the number of pods, and how to read it.

  include "audio-processor.scaling.notes" (dict "root" $ "kubectl" $kubectl "workload" $.ctx.api)
*/}}
{{- define "audio-processor.scaling.notes" -}}
{{- $name := .workload.name -}}
{{- $scaling := .workload.scaling -}}
{{- $hpa := include "audio-processor.name" (list .root (printf "%s-hpa" .workload.base)) -}}
{{- $bounds := printf "%d to %d" (int64 $scaling.min) (int64 $scaling.max) -}}
{{- if eq $scaling.engine "fixed" -}}
Replicas: {{ include "audio-processor.replicas" $scaling }}, fixed.
{{- else if eq $scaling.engine "manual" -}}
Replicas: set by {{ .kubectl }} scale deployment/{{ $name }} --replicas=N
{{- else if eq $scaling.engine "hpa" -}}
Replicas: {{ $bounds }}, by HPA: {{ .kubectl }} describe hpa {{ $hpa }}
An HPA does not scale up from zero; to resume: {{ .kubectl }} scale deployment/{{ $name }} --replicas={{ int64 $scaling.min }}
{{- else -}}
Replicas: {{ $bounds }}, by KEDA: {{ .kubectl }} describe scaledobject {{ $name }}
{{- if eq .root.Values.broker.mode "external" }}
KEDA reads the broker's password from the Secret {{ .root.Values.secrets.name }}, key REDIS_PASSWORD.
{{- end }}
{{- end -}}
{{- end -}}
