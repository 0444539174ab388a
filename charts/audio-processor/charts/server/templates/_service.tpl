{{/* The Service. */}}
{{- define "audio-processor.server.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "audio-processor.server.metadata" (dict "root" $ "suffix" "service" "annotations" .Values.service.annotations) | nindent 2 }}
spec:
  type: ClusterIP
  selector:
    {{- include "audio-processor.server.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ int64 .Values.service.port }}
      targetPort: http
{{- end -}}
