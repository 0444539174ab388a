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
Environment, as JSON: an option of grafana.ini is GF_<SECTION>_<KEY>, and `$__file{…}` in it the content of a file. A map is a
key of a Secret.
*/}}
{{- define "grafana.env" -}}
{{- $path := include "grafana.path" .Values.global.monitoring.prefixes.grafana -}}
{{- $env := dict
      "GF_SERVER_ROOT_URL" (printf "%s/" (include "grafana.url" .))
      "GF_SERVER_SERVE_FROM_SUB_PATH" (empty $path | ternary "false" "true")
      "GF_PATHS_PROVISIONING" "/etc/grafana/provisioning"
      "GF_PATHS_DATA" "/var/lib/grafana"
      "GF_LOG_MODE" "console"
      "GF_USERS_ALLOW_SIGN_UP" "false" -}}
{{- range $key := list "ADMIN_USER" "ADMIN_PASSWORD" -}}
  {{- $_ := set $env (printf "GF_SECURITY_%s" $key) (printf "$__file{/etc/grafana/secrets/GRAFANA_%s}" $key) -}}
{{- end -}}
{{- /* What Grafana would ask its makers, send to them or load from them. */ -}}
{{- range $key := list "SECURITY_DISABLE_GRAVATAR" "PLUGINS_PREINSTALL_DISABLED" "PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED" -}}
  {{- $_ := set $env (printf "GF_%s" $key) "true" -}}
{{- end -}}
{{- range $key := list
      "ANALYTICS_REPORTING_ENABLED" "ANALYTICS_CHECK_FOR_UPDATES" "ANALYTICS_CHECK_FOR_PLUGIN_UPDATES"
      "ANALYTICS_FEEDBACK_LINKS_ENABLED" "PLUGINS_PLUGIN_ADMIN_ENABLED" "PLUGINS_PREINSTALL_AUTO_UPDATE"
      "NEWS_NEWS_FEED_ENABLED" "SNAPSHOTS_EXTERNAL_ENABLED" "CLOUD_MIGRATION_ENABLED" -}}
  {{- $_ := set $env (printf "GF_%s" $key) "false" -}}
{{- end -}}
{{- with .Values.datasource.existingSecret -}}
  {{- $_ := set $env "DATASOURCE_USER" (dict "name" . "key" "username") -}}
  {{- $_ := set $env "DATASOURCE_PASSWORD" (dict "name" . "key" "password") -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}
