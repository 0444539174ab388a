{{/* Data of the ConfigMap that the application's processes read: exactly the settings that some process reads. */}}
{{- define "audio-processor.config" -}}
{{- with .Values.app -}}
CORS_ORIGINS: {{ keys .corsOrigins | sortAlpha | toJson | quote }}
LOG_FORMAT: {{ .logFormat | quote }}
LOG_LEVEL: {{ .logLevel | quote }}
MASTERML_URL: {{ .masterml.url | quote }}
S3_BUCKET: {{ .s3.bucket | quote }}
S3_ENDPOINT: {{ .s3.endpoint | quote }}
S3_REGION: {{ .s3.region | quote }}
{{- end -}}
{{- end -}}

{{/* Data of the ConfigMap with what is mounted into API and workers: the Celery module, the drain hook, the
sidecar's program and the module that some images lack. */}}
{{- define "audio-processor.mounted" -}}
drain.sh: |
  {{- .Files.Get "files/worker/drain.sh" | trim | nindent 2 }}
sidecar.py: |
  {{- .Files.Get "files/worker/sidecar.py" | trim | nindent 2 }}
{{- if .Values.app.includeModule }}
async_unified_celery_tasks.py: |
  {{- .Files.Get "files/worker/async_unified_celery_tasks.py" | trim | nindent 2 }}
{{- end }}
{{- range $path, $_ := .Files.Glob "files/celery/audio_processor_celery/*.py" }}
{{ base $path }}: |
  {{- $.Files.Get $path | trim | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
Annotations of a pod of the application: what the user adds, and checksums that restart the pod when what it reads at
its start has changed.

  include "audio-processor.podAnnotations" (dict "root" $ "annotations" $api.podAnnotations)
*/}}
{{- define "audio-processor.podAnnotations" -}}
{{- $secret := printf "%s/%s" .root.Values.secrets.name .root.Values.secrets.revision -}}
{{- $checksums := dict
      "checksum/config" (include "audio-processor.config" .root | sha256sum | trunc 16)
      "checksum/mounted" (include "audio-processor.mounted" .root | sha256sum | trunc 16)
      "checksum/secrets" ($secret | sha256sum | trunc 16)
-}}
{{- toYaml (merge $checksums .annotations) -}}
{{- end -}}
