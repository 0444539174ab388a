{{/*
Who can be told, as JSON: by channel its key of the Secret. Slack and the others read it as a file, so that a changed
key needs no restart and stands in no ConfigMap.
*/}}
{{- define "alertmanager.channels" -}}
{{- $keys := dict
      "slack" "SLACK_WEBHOOK_URL"
      "email" "ALERTMANAGER_SMTP_PASSWORD"
      "webhook" "ALERTMANAGER_WEBHOOK_URL"
      "pagerduty" "PAGERDUTY_ROUTING_KEY"
      "heartbeat" "ALERTMANAGER_HEARTBEAT_URL" -}}
{{- $used := dict -}}
{{- range $channel, $key := $keys -}}
  {{- $values := get $.Values.notifications $channel -}}
  {{- if $values.enabled -}}
    {{- $_ := set $used $channel $key -}}
  {{- end -}}
{{- end -}}
{{- toJson $used -}}
{{- end -}}

{{/*
A receiver's ways to tell somebody, as YAML.

  include "alertmanager.receiver" (dict "root" $ "route" $.Values.routes.critical)
*/}}
{{- define "alertmanager.receiver" -}}
{{- $channels := include "alertmanager.channels" .root | fromJson -}}
{{- $notifications := .root.Values.notifications -}}
{{- $files := "/etc/alertmanager/secrets" -}}
{{- $receiver := dict -}}
{{- if and .route.slack $channels.slack -}}
  {{- $slack := dict "api_url_file" (printf "%s/%s" $files $channels.slack) "send_resolved" true
        "title" `{{ template "message.title" . }}` "text" `{{ template "message.text" . }}` "fallback" `{{ template "message.title" . }}` -}}
  {{- with $notifications.slack.channel }}{{ $_ := set $slack "channel" . }}{{ end -}}
  {{- $_ := set $receiver "slack_configs" (list $slack) -}}
{{- end -}}
{{- if and .route.email $channels.email -}}
  {{- with $notifications.email -}}
    {{- $email := dict "to" .to "from" .from "smarthost" .smarthost "require_tls" .requireTls "send_resolved" true
          "headers" (dict "Subject" `{{ template "message.title" . }}`)
          "text" `{{ template "message.text" . }}` "html" `{{ template "message.html" . }}` -}}
    {{- if .username -}}
      {{- $email = merge $email (dict "auth_username" .username "auth_password_file" (printf "%s/%s" $files $channels.email)) -}}
    {{- end -}}
    {{- $_ := set $receiver "email_configs" (list $email) -}}
  {{- end -}}
{{- end -}}
{{- if and .route.webhook $channels.webhook -}}
  {{- $_ := set $receiver "webhook_configs" (list (dict "url_file" (printf "%s/%s" $files $channels.webhook) "send_resolved" true)) -}}
{{- end -}}
{{- if and .route.pagerduty $channels.pagerduty -}}
  {{- $_ := set $receiver "pagerduty_configs" (list (dict
        "routing_key_file" (printf "%s/%s" $files $channels.pagerduty)
        "send_resolved" true
        "description" `{{ template "message.title" . }}`
        "severity" `{{ if eq .CommonLabels.severity "critical" }}critical{{ else }}warning{{ end }}`
        "details" (dict "text" `{{ template "message.text" . }}`))) -}}
{{- end -}}
{{- toYaml $receiver -}}
{{- end -}}
