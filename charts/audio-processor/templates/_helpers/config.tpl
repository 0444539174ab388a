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

{{/* Data of the ConfigMap with what is mounted into API and workers: the Celery module, the drain hook and the
sidecar's program. */}}
{{- define "audio-processor.mounted" -}}
drain.sh: |
  {{- .Files.Get "files/worker/drain.sh" | trim | nindent 2 }}
sidecar.py: |
  {{- .Files.Get "files/worker/sidecar.py" | trim | nindent 2 }}
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

  include "audio-processor.volumes" (dict "root" $ "storage" $pool.storage)
*/}}
{{- define "audio-processor.volumes" -}}
{{- $storage := .storage -}}
{{- range $name := list "work" "tmp" "cache" }}
- name: {{ $name }}
  emptyDir:
    sizeLimit: {{ include "audio-processor.quantity" (get $storage $name) | quote }}
{{- end }}
{{ include "audio-processor.volumes.module" .root }}
{{- end -}}

{{/* Mounts of those volumes. */}}
{{- define "audio-processor.volumeMounts" -}}
- {name: work, mountPath: /work}
- {name: tmp, mountPath: /tmp}
- {name: cache, mountPath: /cache}
{{ include "audio-processor.volumeMounts.module" . }}
{{- end -}}

{{/* Volumes of what every process that talks to the broker mounts: the Celery module, and certificates of the broker. */}}
{{- define "audio-processor.volumes.module" -}}
- name: mounted
  configMap:
    name: {{ include "audio-processor.name" (dict "root" . "base" "ml-service-mounted") }}
    items:
      - {key: drain.sh, path: drain.sh}
      - {key: sidecar.py, path: sidecar.py}
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
