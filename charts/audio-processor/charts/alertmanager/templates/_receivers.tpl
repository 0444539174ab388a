{{/*
Puts the enabled channels into a map of the caller's: the channel's name and its key in the Secret. Alertmanager reads the
key as a file, so that a changed key needs no restart and is in no ConfigMap.

  include "audio-processor.alertmanager.addSecretKeys" (list $ $secretKeys)
*/}}
{{- define "audio-processor.alertmanager.addSecretKeys" -}}
{{- $notifications := (index . 0).Values.notifications -}}
{{- $secretKeys := index . 1 -}}
{{- $all := dict
      "slack" "SLACK_WEBHOOK_URL"
      "email" "ALERTMANAGER_SMTP_PASSWORD"
      "webhook" "ALERTMANAGER_WEBHOOK_URL"
      "pagerduty" "PAGERDUTY_ROUTING_KEY"
      "heartbeat" "ALERTMANAGER_HEARTBEAT_URL" -}}
{{- range $channel, $key := $all -}}
  {{- if (get $notifications $channel).enabled -}}
    {{- $_ := set $secretKeys $channel $key -}}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/*
Channels of a receiver: those that the route names and that are enabled. Empty where there is none; else it begins with a newline.

  include "audio-processor.alertmanager.receiver" (dict "route" $route "notifications" $.Values.notifications "secretKeys" $secretKeys)
*/}}
{{- define "audio-processor.alertmanager.receiver" -}}
{{- $files := "/etc/alertmanager/secrets" -}}
{{- $email := .notifications.email -}}
{{- if and .route.email .secretKeys.email }}
email_configs:
- {{ if $email.username -}}
  auth_password_file: {{ $files }}/{{ .secretKeys.email }}
  auth_username: {{ toYaml $email.username }}
  {{ end -}}
  from: {{ toYaml $email.from }}
  headers:
    Subject: '{{ `{{ template "message.title" . }}` }}'
  html: '{{ `{{ template "message.html" . }}` }}'
  require_tls: {{ $email.requireTls }}
  send_resolved: true
  smarthost: {{ toYaml $email.smarthost }}
  text: '{{ `{{ template "message.text" . }}` }}'
  to: {{ toYaml $email.to }}
{{- end }}
{{- if and .route.pagerduty .secretKeys.pagerduty }}
pagerduty_configs:
- description: '{{ `{{ template "message.title" . }}` }}'
  details:
    text: '{{ `{{ template "message.text" . }}` }}'
  routing_key_file: {{ $files }}/{{ .secretKeys.pagerduty }}
  send_resolved: true
  severity: '{{ `{{ if eq .CommonLabels.severity "critical" }}critical{{ else }}warning{{ end }}` }}'
{{- end }}
{{- if and .route.slack .secretKeys.slack }}
slack_configs:
- api_url_file: {{ $files }}/{{ .secretKeys.slack }}
  {{- with .notifications.slack.channel }}
  channel: {{ toYaml . }}
  {{- end }}
  fallback: '{{ `{{ template "message.title" . }}` }}'
  send_resolved: true
  text: '{{ `{{ template "message.text" . }}` }}'
  title: '{{ `{{ template "message.title" . }}` }}'
{{- end }}
{{- if and .route.webhook .secretKeys.webhook }}
webhook_configs:
- send_resolved: true
  url_file: {{ $files }}/{{ .secretKeys.webhook }}
{{- end }}
{{- end -}}
