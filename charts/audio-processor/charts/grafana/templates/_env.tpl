{{/*
The environment. `GF_<SECTION>_<KEY>` sets an option of grafana.ini, `$__file{…}` in it is the content of a file.
Options that send data to Grafana Labs or load plugins from there are off.
*/}}
{{- define "audio-processor.grafana.env" -}}
{{- with .Values.datasource.existingSecret -}}
- name: DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ . | quote }}, key: password}
- name: DATASOURCE_USER
  valueFrom:
    secretKeyRef: {name: {{ . | quote }}, key: username}
{{ end -}}
- name: GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES
  value: "false"
- name: GF_ANALYTICS_CHECK_FOR_UPDATES
  value: "false"
- name: GF_ANALYTICS_FEEDBACK_LINKS_ENABLED
  value: "false"
- name: GF_ANALYTICS_REPORTING_ENABLED
  value: "false"
- name: GF_CLOUD_MIGRATION_ENABLED
  value: "false"
- name: GF_LOG_MODE
  value: "console"
- name: GF_NEWS_NEWS_FEED_ENABLED
  value: "false"
- name: GF_PATHS_DATA
  value: "/var/lib/grafana"
- name: GF_PATHS_PROVISIONING
  value: "/etc/grafana/provisioning"
- name: GF_PLUGINS_PLUGIN_ADMIN_ENABLED
  value: "false"
- name: GF_PLUGINS_PREINSTALL_AUTO_UPDATE
  value: "false"
- name: GF_PLUGINS_PREINSTALL_DISABLED
  value: "true"
- name: GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED
  value: "true"
- name: GF_SECURITY_ADMIN_PASSWORD
  value: "$__file{/etc/grafana/secrets/GRAFANA_ADMIN_PASSWORD}"
- name: GF_SECURITY_ADMIN_USER
  value: "$__file{/etc/grafana/secrets/GRAFANA_ADMIN_USER}"
- name: GF_SECURITY_DISABLE_GRAVATAR
  value: "true"
- name: GF_SERVER_ROOT_URL
  value: {{ include "audio-processor.server.url" . | printf "%s/" | quote }}
- name: GF_SERVER_SERVE_FROM_SUB_PATH
  value: {{ .Values.global.monitoring.prefixes.grafana | trimSuffix "/" | empty | not | quote }}
- name: GF_SNAPSHOTS_EXTERNAL_ENABLED
  value: "false"
- name: GF_USERS_ALLOW_SIGN_UP
  value: "false"
{{- end -}}
