{{/* Key of the Secret `alertmanager.existingSecret` of each channel, as JSON. */}}
{{- define "audio-processor.notifications.keys" -}}
{{- dict
      "slack" "SLACK_WEBHOOK_URL"
      "email" "ALERTMANAGER_SMTP_PASSWORD"
      "webhook" "ALERTMANAGER_WEBHOOK_URL"
      "pagerduty" "PAGERDUTY_ROUTING_KEY"
      "heartbeat" "ALERTMANAGER_HEARTBEAT_URL"
    | toJson -}}
{{- end -}}

{{/* Channels that need a key of the Secret, as a JSON list: all that are enabled, but e-mail without a login. */}}
{{- define "audio-processor.notifications.channels" -}}
{{- $used := list -}}
{{- range $channel, $settings := .Values.alertmanager.notifications -}}
  {{- if and $settings.enabled (or (ne $channel "email") $settings.username) -}}
    {{- $used = append $used $channel -}}
  {{- end -}}
{{- end -}}
{{- toJson $used -}}
{{- end -}}

{{/* Severities of which nobody is told, as a JSON list. */}}
{{- define "audio-processor.notifications.untold" -}}
{{- $untold := list -}}
{{- range $severity, $route := .Values.alertmanager.routes -}}
  {{- $told := false -}}
  {{- range $channel, $settings := omit $.Values.alertmanager.notifications "heartbeat" -}}
    {{- $told = or $told (and $settings.enabled (get $route $channel)) -}}
  {{- end -}}
  {{- if not $told }}{{ $untold = append $untold $severity }}{{ end -}}
{{- end -}}
{{- toJson $untold -}}
{{- end -}}

{{/* What of monitoring would stay silent although it was switched on, as a JSON list of warnings for NOTES. */}}
{{- define "audio-processor.monitoring.warnings" -}}
{{- $warnings := list -}}
{{- $mode := include "audio-processor.monitoring.mode" . -}}
{{- $alertmanager := .Values.alertmanager -}}
{{- if and (eq $mode "bundled") (not $alertmanager.enabled) -}}
  {{- $warnings = append $warnings "alerts go nowhere: alertmanager.enabled is false." -}}
{{- end -}}
{{- if or $alertmanager.enabled (eq $mode "operator") -}}
  {{- $untold := include "audio-processor.notifications.untold" . | fromJsonArray -}}
  {{- if and (eq $mode "operator") (not (include "audio-processor.alertmanagerConfig.channels" . | fromJson)) -}}
    {{- $warnings = append $warnings "without a channel in alertmanager.notifications there is no AlertmanagerConfig: your Alertmanager's own routes say who is told." -}}
  {{- else if $untold -}}
    {{- $warnings = append $warnings (printf "nobody is told of an alert that is %s. Set alertmanager.notifications and alertmanager.routes." (join " or " $untold)) -}}
  {{- end -}}
{{- end -}}
{{- if and $alertmanager.enabled (not $mode) -}}
  {{- $warnings = append $warnings "nothing sends Alertmanager an alert: tell your Prometheus of it, or set prometheus.enabled." -}}
{{- end -}}
{{- if and .Values.grafana.enabled (not $mode) -}}
  {{- $warnings = append $warnings "Grafana has no dashboards: they read what the rules of this chart record. Set prometheus.enabled or monitoring.operator.enabled." -}}
{{- end -}}
{{- if and (eq $mode "bundled") (not .Values.monitoring.gpu.enabled) .Values.monitoring.alerts.GpuMemoryHigh.enabled -}}
  {{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
    {{- if $pool.gpu -}}
      {{- $warnings = append $warnings (printf "nothing is known of the cards of %s, and GpuMemoryHigh is silent. Where DCGM's exporter runs, set monitoring.gpu." $pool.name) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $warnings -}}
{{- end -}}

{{/*
Keys that the pods of the servers wait for, as JSON: by Secret a list. A Secret is in the servers' namespace; beside an
operator there is none.
*/}}
{{- define "audio-processor.monitoring.secretKeys" -}}
{{- $needed := dict -}}
{{- with .Values.alertmanager -}}
  {{- if .enabled -}}
    {{- $keys := include "audio-processor.notifications.keys" $ | fromJson -}}
    {{- range $channel := include "audio-processor.notifications.channels" $ | fromJsonArray -}}
      {{- $at := $.Values.alertmanager.existingSecret -}}
      {{- $_ := set $needed $at (append (get $needed $at | default list) (get $keys $channel)) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- with .Values.grafana -}}
  {{- if .enabled -}}
    {{- $at := .admin.existingSecret -}}
    {{- $_ := set $needed $at (concat (get $needed $at | default list) (list "GRAFANA_ADMIN_USER" "GRAFANA_ADMIN_PASSWORD")) -}}
  {{- end -}}
{{- end -}}
{{- range $server := list .Values.prometheus .Values.alertmanager -}}
  {{- with $server.auth.existingSecret -}}
    {{- if $server.enabled }}{{ $_ := set $needed . (list "web.yml" "username" "password") }}{{ end -}}
  {{- end -}}
{{- end -}}
{{- toJson $needed -}}
{{- end -}}
