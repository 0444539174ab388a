{{/*
`$.ctx.notifications`: where alerts are sent.

  secretKeys     key of the Secret `alertmanager.existingSecret` by channel, of the channels whose key the bundled
                 Alertmanager reads: those that are enabled, except e-mail without a login
  operatorKeys   Secret and key by enabled channel, as an AlertmanagerConfig selects them; empty without an operator
  serverSecrets  keys that the pods of the servers need, by the name of a Secret in their namespace
  warnings       for NOTES: what is not monitored or not notified although it was switched on
*/}}
{{- define "audio-processor.context.notifications" -}}
{{- $keys := dict
      "slack" "SLACK_WEBHOOK_URL"
      "email" "ALERTMANAGER_SMTP_PASSWORD"
      "webhook" "ALERTMANAGER_WEBHOOK_URL"
      "pagerduty" "PAGERDUTY_ROUTING_KEY"
      "heartbeat" "ALERTMANAGER_HEARTBEAT_URL" -}}
{{- $alertmanager := .Values.alertmanager -}}
{{- $secretKeys := dict -}}
{{- $operatorKeys := dict -}}
{{- $needed := dict -}}
{{- range $channel, $settings := $alertmanager.notifications -}}
  {{- if $settings.enabled -}}
    {{- $key := get $keys $channel -}}
    {{- if or (ne $channel "email") $settings.username -}}
      {{- $_ := set $secretKeys $channel $key -}}
      {{- if $alertmanager.enabled -}}
        {{- $_ := set $needed $alertmanager.existingSecret (append (get $needed $alertmanager.existingSecret | default list) $key) -}}
      {{- end -}}
    {{- end -}}
    {{- if eq $.ctx.monitoring.mode "operator" -}}
      {{- $_ := set $operatorKeys $channel (dict "name" $alertmanager.existingSecret "key" $key) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- with .Values.grafana -}}
  {{- if .enabled -}}
    {{- $own := list "GRAFANA_ADMIN_USER" "GRAFANA_ADMIN_PASSWORD" -}}
    {{- $_ := set $needed .admin.existingSecret (concat (get $needed .admin.existingSecret | default list) $own) -}}
  {{- end -}}
{{- end -}}
{{- range $server := list .Values.prometheus $alertmanager -}}
  {{- if and $server.enabled $server.auth.existingSecret -}}
    {{- $_ := set $needed $server.auth.existingSecret (list "web.yml" "username" "password") -}}
  {{- end -}}
{{- end -}}
{{- $_ := set .ctx "notifications" (dict "secretKeys" $secretKeys "operatorKeys" $operatorKeys "serverSecrets" $needed) -}}
{{- $_ := set .ctx.notifications "warnings" (include "audio-processor.notifications.warnings" . | splitList "\n" | compact) -}}
{{- end -}}
