{{/* URL of the Prometheus that dashboards ask. */}}
{{- define "grafana.datasource" -}}
{{- .Values.datasource.url | default (include "grafana.innerUrl" (dict "root" $ "server" "prometheus" "port" 9090)) -}}
{{- end -}}

{{/*
Data of the ConfigMap: what Grafana is provisioned with. The dashboards themselves are the files of another ConfigMap, which
may be missing. Grafana reads this once, so that the pod carries a checksum of it.
*/}}
{{- define "grafana.files" -}}
datasources.yaml: |
  apiVersion: 1
  prune: true
  datasources:
    - name: Prometheus
      uid: prometheus
      type: prometheus
      access: proxy
      url: {{ include "grafana.datasource" . | quote }}
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

{{/*
Environment, as JSON: an option of grafana.ini is GF_<SECTION>_<KEY>. A map is a key of a Secret.
*/}}
{{- define "grafana.env" -}}
{{- $path := include "grafana.path" .Values.global.monitoring.prefixes.grafana -}}
{{- $admin := .Values.admin.existingSecret -}}
{{- $env := dict
      "GF_SECURITY_ADMIN_USER" (dict "name" $admin "key" "GRAFANA_ADMIN_USER")
      "GF_SECURITY_ADMIN_PASSWORD" (dict "name" $admin "key" "GRAFANA_ADMIN_PASSWORD")
      "GF_SERVER_ROOT_URL" (printf "%s/" (include "grafana.url" .))
      "GF_SERVER_SERVE_FROM_SUB_PATH" (empty $path | ternary "false" "true")
      "GF_PATHS_PROVISIONING" "/etc/grafana/provisioning"
      "GF_PATHS_DATA" "/var/lib/grafana"
      "GF_LOG_MODE" "console"
      "GF_USERS_ALLOW_SIGN_UP" "false"
      "GF_PLUGINS_PREINSTALL_DISABLED" "true"
      "GF_PLUGINS_PLUGIN_ADMIN_ENABLED" "false"
      "GF_NEWS_NEWS_FEED_ENABLED" "false"
      "GF_SECURITY_DISABLE_GRAVATAR" "true" -}}
{{- range $key := list "REPORTING_ENABLED" "CHECK_FOR_UPDATES" "CHECK_FOR_PLUGIN_UPDATES" "FEEDBACK_LINKS_ENABLED" -}}
  {{- $_ := set $env (printf "GF_ANALYTICS_%s" $key) "false" -}}
{{- end -}}
{{- with .Values.datasource.existingSecret -}}
  {{- $_ := set $env "DATASOURCE_USER" (dict "name" . "key" "username") -}}
  {{- $_ := set $env "DATASOURCE_PASSWORD" (dict "name" . "key" "password") -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}
