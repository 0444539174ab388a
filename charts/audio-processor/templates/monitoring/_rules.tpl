{{/* Rules of the monitoring servers, and of the operator in their place. */}}
{{- define "audio-processor.monitoring.rules" }}
{{- $operator := .Values.monitoring.operator.enabled }}
{{- $prometheus := .Values.prometheus }}
{{- $alertmanager := .Values.alertmanager }}
{{- if and $prometheus.enabled $operator }}
- monitoring.operator.enabled: beside the bundled Prometheus all metrics would be scraped twice and all alerts sent twice.
  Set it to false, or prometheus.enabled: false.
{{- end }}
{{- if and $alertmanager.enabled $operator (not $prometheus.enabled) }}
- alertmanager.enabled: it receives no alerts: the operator has its own Alertmanager, which gets alertmanager.notifications.
  Set it to false, or use the bundled Prometheus instead of the operator.
{{- end }}
{{- if and $alertmanager.enabled $alertmanager.auth.existingSecret (not $prometheus.alertmanager.existingSecret) }}
- prometheus.alertmanager.existingSecret: Alertmanager requires a password, and Prometheus has none.
  Set it to {{ $alertmanager.auth.existingSecret }}.
{{- end }}
{{- range $server := list "prometheus" "alertmanager" "grafana" }}
  {{- with get $.Values . }}
    {{- if and .enabled .persistence.existingClaim (not .persistence.enabled) }}
    - {{ $server }}.persistence.existingClaim: no pod mounts the claim {{ .persistence.existingClaim }}.
      Set {{ $server }}.persistence.enabled: true, or remove it.
    {{- end }}
  {{- end }}
{{- end }}
{{- /* Grafana's password and data source. */}}
{{- $prometheus := .Values.prometheus }}
{{- with .Values.grafana }}
  {{- $monitoring := $.ctx.monitoring }}
  {{- $bundled := printf "http://%s-service." $monitoring.servers.prometheus }}
  {{- if and .enabled (not .admin.existingSecret) }}
  - grafana.admin.existingSecret: Grafana would start with its well-known default password.
    Set the name of a Secret with GRAFANA_ADMIN_USER and GRAFANA_ADMIN_PASSWORD.
  {{- end }}
  {{- if and .enabled (not .datasource.url) (not $prometheus.enabled) }}
  - grafana.datasource.url: without the bundled Prometheus Grafana has no data source.
    Set the URL of yours, for example http://prometheus-operated.monitoring.svc:9090, or prometheus.enabled: true.
  {{- else if and .enabled (not .datasource.url) (or $prometheus.fullnameOverride (ne (int64 $prometheus.service.port) 9090)) }}
  - grafana.datasource.url: Prometheus has another name or port than Grafana's default data source.
    Set {{ $bundled }}{{ $monitoring.namespace }}.svc:{{ int64 $prometheus.service.port -}}
    {{ trimSuffix "/" $.Values.global.monitoring.prefixes.prometheus }}.
  {{- end }}
  {{- $queriesBundled := or (not .datasource.url) (hasPrefix $bundled .datasource.url) }}
  {{- if and .enabled $prometheus.enabled $prometheus.auth.existingSecret (not .datasource.existingSecret) $queriesBundled }}
  - grafana.datasource.existingSecret: Prometheus requires a password, and Grafana has none.
    Set it to {{ $prometheus.auth.existingSecret }}.
  {{- end }}
{{- end }}
{{- end }}

{{/* Rules of a chart that is off: Helm renders a subchart by its own condition. */}}
{{- define "audio-processor.off.rules" }}
{{- range $server := list "prometheus" "alertmanager" "grafana" }}
  {{- if (get $.Values .).enabled }}
  - {{ . }}.enabled: with enabled: false this server would still run, without anything to monitor. Set it to false.
  {{- end }}
{{- end }}
{{- end }}
