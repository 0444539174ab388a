{{/* Rules about the broker, as a JSON list of problems. */}}
{{- define "audio-processor.rules.broker" -}}
{{- $problems := list -}}
{{- with .Values.broker -}}
  {{- if and .persistence.existingClaim (or (eq .mode "external") (not .persistence.enabled)) -}}
    {{- $problems = append $problems (printf "broker.persistence.existingClaim: nothing would use the claim %s. Set broker.mode: embedded and broker.persistence.enabled: true, or remove it." .persistence.existingClaim) -}}
  {{- end -}}
  {{- if and (eq .mode "embedded") (lt (include "audio-processor.bytes" .resources.limits.memory | int64) 67108864) -}}
    {{- $problems = append $problems "broker.resources.limits.memory: the broker's maxmemory follows from it, and below 64Mi, or without it, nothing is left for data. Set at least 64Mi." -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about environment variables, as a JSON list of problems. */}}
{{- define "audio-processor.rules.env" -}}
{{- $problems := list -}}
{{- $maps := dict "app.env" .Values.app.env "api.env" .Values.api.env -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $_ := set $maps (printf "workers.pools.%s.env" $pool.key) $pool.env -}}
{{- end -}}
{{- range $at, $env := $maps -}}
  {{- range $name := list "S3_ACCESS_KEY" "S3_SECRET_KEY" "REDIS_PASSWORD" "MASTERML_TOKEN" "HF_TOKEN" "HUGGINGFACE_TOKEN" -}}
    {{- if hasKey $env $name -}}
      {{- $problems = append $problems (printf "%s.%s: a secret in the values is readable in the release, the Deployment and every backup of them. Put it into the Secret %s." $at $name $.Values.secrets.name) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about storage, as a JSON list of problems. */}}
{{- define "audio-processor.rules.storage" -}}
{{- $problems := list -}}
{{- $workloads := dict "api" .Values.api -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $_ := set $workloads (printf "workers.pools.%s" $pool.key) $pool -}}
{{- end -}}
{{- range $at, $workload := $workloads -}}
  {{- $sum := 0 -}}
  {{- range $size := $workload.storage -}}
    {{- $sum = add $sum (include "audio-processor.bytes" $size | int64) -}}
  {{- end -}}
  {{- with index $workload.resources.limits "ephemeral-storage" -}}
    {{- if gt $sum (include "audio-processor.bytes" . | int64) -}}
      {{- $problems = append $problems (printf "%s.resources.limits.ephemeral-storage: %s is less than the sizes under %s.storage together, so the pod would be evicted before its directories are full. Set at least %dMi." $at . $at (div (add $sum 1048575) 1048576)) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
