{{/*
Keys of the Secret, as JSON with the lists `needed` (a pod waits for each) and `optional`. src/schema/secret-keys.ts
says the same of every set of values; a test compares.
*/}}
{{- define "audio-processor.secretKeys" -}}
{{- $needed := list "S3_ACCESS_KEY" "S3_SECRET_KEY" -}}
{{- if eq .Values.broker.mode "embedded" -}}
  {{- $needed = append $needed "REDIS_PASSWORD" -}}
{{- else -}}
  {{- $needed = concat $needed (list "CELERY_BROKER_URL" "CELERY_RESULT_BACKEND") -}}
{{- end -}}
{{- if include "audio-processor.flower.enabled" . -}}
  {{- $needed = append $needed "FLOWER_BASIC_AUTH" -}}
{{- end -}}
{{- dict "needed" $needed "optional" (list "MASTERML_TOKEN" "HUGGINGFACE_TOKEN") | toJson -}}
{{- end -}}
