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
