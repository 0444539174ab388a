{{/*
The workloads of which more than one pod may run, as a JSON list: `component`, `pool` (its key; absent for the API),
`base` (name without prefix of the workload and of its container), `name`, `scaling`, `disruption`.

  range $workload := include "audio-processor.scaled" $ | fromJsonArray
*/}}
{{- define "audio-processor.scaled" -}}
{{- $api := include "audio-processor.inherit" (list .Values.api) | fromJson -}}
{{- $base := "audio-processor" -}}
{{- $names := dict "component" "api" "base" $base "name" (include "audio-processor.name" (list . $base)) -}}
{{- $workloads := list (merge $names (pick $api "scaling" "disruption")) -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $names := dict "component" "worker" "pool" $pool.key -}}
  {{- $workloads = append $workloads (merge $names (pick $pool "base" "name" "scaling" "disruption")) -}}
{{- end -}}
{{- toJson $workloads -}}
{{- end -}}

{{/*
How many pods a Deployment says it has: only the engine `fixed` names a number, so that no upgrade undoes what another
engine decided. Nothing under the others. Takes the workload's `scaling`.
*/}}
{{- define "audio-processor.replicas" -}}
{{- if eq .engine "fixed" -}}
{{- kindIs "string" .replicas | ternary .min .replicas | int64 -}}
{{- end -}}
{{- end -}}

{{/*
How fast an autoscaler may go, as a HorizontalPodAutoscaler says it. Every default is written out: KEDA compares this with
what the server made of it, and would otherwise write it again for ever. Takes the workload's `scaling`.
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
Lines of NOTES on who decides how many pods run, and how to look at it.

  include "audio-processor.scaling.notes" (dict "root" $ "kubectl" $kubectl "base" "audio-processor" "scaling" $api.scaling)
*/}}
{{- define "audio-processor.scaling.notes" -}}
{{- $name := include "audio-processor.name" (list .root .base) -}}
{{- $hpa := include "audio-processor.name" (list .root (printf "%s-hpa" .base)) -}}
{{- $bounds := printf "%d to %d" (int64 .scaling.min) (int64 .scaling.max) -}}
{{- if eq .scaling.engine "fixed" -}}
pods: {{ include "audio-processor.replicas" .scaling }}, fixed
{{- else if eq .scaling.engine "manual" -}}
pods: as many as you say: {{ .kubectl }} scale deployment/{{ $name }} --replicas=N
{{- else if eq .scaling.engine "hpa" -}}
pods: {{ $bounds }} by HPA: {{ .kubectl }} describe hpa {{ $hpa }}
should there be 0, the HPA rests: {{ .kubectl }} scale deployment/{{ $name }} --replicas={{ int64 .scaling.min }}
{{- else -}}
pods: {{ $bounds }} by KEDA: {{ .kubectl }} describe scaledobject {{ $name }}
{{- if eq .root.Values.broker.mode "external" }}
KEDA reads the broker's password from the Secret {{ .root.Values.secrets.name }}, key REDIS_PASSWORD
{{- end }}
{{- end -}}
{{- end -}}
