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

{{/*
Volumes of a pod of the application.

  include "audio-processor.volumes" (dict "root" $ "storage" $pool.storage "models" true)

`models` is for pods that read models: their cache may be a claim.
*/}}
{{- define "audio-processor.volumes" -}}
{{- $storage := .storage -}}
{{- range $name := list "work" "tmp" "cache" }}
- name: {{ $name }}
  {{- if and $.models (eq $name "cache") (eq $.root.Values.models.cache.type "claim") }}
  persistentVolumeClaim:
    claimName: {{ include "audio-processor.models.claim" $.root | quote }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ include "audio-processor.quantity" (get $storage $name) | quote }}
  {{- end }}
{{- end }}
{{ include "audio-processor.volumes.module" .root }}
{{- end -}}

{{/* Mounts of those volumes in a pod that reads no models. */}}
{{- define "audio-processor.volumeMounts" -}}
- {name: cache, mountPath: /cache}
{{ include "audio-processor.volumeMounts.own" . }}
{{- end -}}

{{/* The same in a pod that reads models. */}}
{{- define "audio-processor.volumeMounts.models" -}}
- {name: cache, mountPath: /cache{{ if .Values.models.cache.readOnly }}, readOnly: true{{ end }}}
{{ include "audio-processor.volumeMounts.own" . }}
{{- end -}}

{{/* Mounts that both have. */}}
{{- define "audio-processor.volumeMounts.own" -}}
- {name: work, mountPath: /work}
- {name: tmp, mountPath: /tmp}
{{ include "audio-processor.volumeMounts.module" . }}
{{- end -}}

{{/*
Mount of the module that the application's `include` names and that some images lack, for the processes that read
`include`: worker, beat, and Flower with `-A`. Nothing where the image has it.
*/}}
{{- define "audio-processor.volumeMounts.include" -}}
{{- if .Values.app.includeModule -}}
{{- $file := "async_unified_celery_tasks.py" -}}
- {name: mounted, mountPath: {{ printf "%s/src/%s" (.Values.app.codeDirectory | trimSuffix "/") $file | quote }}, subPath: {{ $file }}, readOnly: true}
{{- end -}}
{{- end -}}

{{/* Volumes of what every process that talks to the broker mounts: the Celery module, and certificates of the broker. */}}
{{- define "audio-processor.volumes.module" -}}
- name: mounted
  configMap:
    name: {{ include "audio-processor.name" (dict "root" . "base" "ml-service-mounted") }}
    items:
      - {key: drain.sh, path: drain.sh}
      - {key: sidecar.py, path: sidecar.py}
      {{- if .Values.app.includeModule }}
      - {key: async_unified_celery_tasks.py, path: async_unified_celery_tasks.py}
      {{- end }}
      {{- range $path, $_ := .Files.Glob "files/celery/audio_processor_celery/*.py" }}
      - {key: {{ base $path }}, path: audio_processor_celery/{{ base $path }}}
      {{- end }}
{{- with include "audio-processor.externalBroker.volume" .Values.broker.external.tls }}
{{ . }}
{{- end }}
{{- end -}}

{{/* Mounts of those volumes. */}}
{{- define "audio-processor.volumeMounts.module" -}}
- {name: mounted, mountPath: /etc/audio-processor, readOnly: true}
{{- if include "audio-processor.externalBroker.volume" .Values.broker.external.tls }}
- {name: broker-tls, mountPath: /etc/audio-processor-broker, readOnly: true}
{{- end }}
{{- end -}}
