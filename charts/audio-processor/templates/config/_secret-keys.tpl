{{/*
`$.ctx.secretKeys`: `required` (keys of the Secret that a pod waits for) and `optional`. src/schema/secret-keys.ts derives the
same from any values; a test compares.
*/}}
{{- define "audio-processor.context.secretKeys" -}}
{{- $required := list "S3_ACCESS_KEY" "S3_SECRET_KEY" -}}
{{- if .ctx.broker.embedded -}}
  {{- $required = append $required "REDIS_PASSWORD" -}}
{{- else -}}
  {{- $required = concat $required (list "CELERY_BROKER_URL" "CELERY_RESULT_BACKEND") -}}
{{- end -}}
{{- if .Values.flower.enabled -}}
  {{- $required = append $required "FLOWER_BASIC_AUTH" -}}
{{- end -}}
{{- $_ := set .ctx "secretKeys" (dict "required" $required "optional" (list "MASTERML_TOKEN" "HUGGINGFACE_TOKEN")) -}}
{{- end -}}
