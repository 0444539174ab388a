{{/*
Data of the ConfigMap: data sources and dashboard providers. The dashboards are files of another ConfigMap, which may be
missing. Grafana reads its provisioning files once, so the pod has a checksum of them.
*/}}
{{- define "audio-processor.grafana.files" -}}
{{- $prometheus := include "audio-processor.server.innerUrl" (dict "root" $ "server" "prometheus" "port" 9090) -}}
datasources.yaml: |
  apiVersion: 1
  prune: true
  datasources:
    - name: Prometheus
      uid: prometheus
      type: prometheus
      access: proxy
      url: {{ .Values.datasource.url | default $prometheus | quote }}
      isDefault: true
      editable: false
      jsonData:
        httpMethod: POST
        timeInterval: {{ .Values.global.monitoring.scrapeInterval }}
      {{- if .Values.datasource.existingSecret }}
      basicAuth: true
      basicAuthUser: $DATASOURCE_USER
      secureJsonData:
        basicAuthPassword: $DATASOURCE_PASSWORD
      {{- end }}
providers.yaml: |
  apiVersion: 1
  providers:
    - name: files
      type: file
      allowUiUpdates: false
      options:
        path: /etc/grafana/dashboards
{{- end -}}

