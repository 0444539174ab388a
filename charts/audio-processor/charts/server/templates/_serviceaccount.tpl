{{/* The ServiceAccount; a pod that needs its token mounts it. */}}
{{- define "audio-processor.server.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "audio-processor.server.metadata" (dict "root" $) | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}
