{{/*
Seconds until a rollout counts as failed: the pull and startup budgets, and the grace period only where the new pod
waits for the old one to be gone.

  include "audio-processor.deadline" (dict "workload" $api "pullBudget" $.Values.image.pullBudget "waits" false)
*/}}
{{- define "audio-processor.deadline" -}}
{{- $startup := .workload.probes.startup -}}
{{- $deadline := mul (include "audio-processor.seconds" $startup.period | int64) (int64 $startup.failures) -}}
{{- $deadline = add $deadline (include "audio-processor.seconds" .pullBudget | int64) -}}
{{- if .waits -}}
  {{- $deadline = add $deadline (include "audio-processor.seconds" .workload.grace | int64) -}}
{{- end -}}
{{- $deadline -}}
{{- end -}}
