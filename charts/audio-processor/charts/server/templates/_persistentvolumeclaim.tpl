{{/* The PersistentVolumeClaim; nothing where the data needs none or the user has one. */}}
{{- define "audio-processor.server.persistentVolumeClaim" -}}
{{- $persistence := .Values.persistence }}
{{- if and $persistence.enabled (not $persistence.existingClaim) }}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  # The data outlives an uninstall; the next install of the release finds it.
  {{- $annotations := dict "helm.sh/resource-policy" "keep" }}
  {{- include "audio-processor.server.metadata" (dict "root" $ "suffix" "data" "annotations" $annotations) | nindent 2 }}
spec:
  accessModes: [ReadWriteOnce]
  {{- with $persistence.storageClass }}
  storageClassName: {{ . | quote }}
  {{- end }}
  resources:
    requests:
      storage: {{ include "audio-processor.server.quantity" $persistence.size | quote }}
{{- end }}
{{- end -}}
