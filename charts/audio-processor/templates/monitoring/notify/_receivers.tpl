{{/*
Channels of a receiver of an AlertmanagerConfig: `(list $ .Values.alertmanager.routes.critical)`. The operator's Alertmanager
has none of the bundled one's templates, so that each field contains its text.
*/}}
{{- define "audio-processor.notifications.receiver" -}}
{{- $root := first . -}}
{{- $route := last . -}}
{{- $keys := $root.ctx.notifications.operatorKeys -}}
{{- $channels := $root.Values.alertmanager.notifications -}}
{{- $message := $root.Files.Get "files/messages.yaml" | fromYaml -}}
{{- if and $route.email $keys.email }}
emailConfigs:
- to: {{ $channels.email.to | quote }}
  from: {{ $channels.email.from | quote }}
  smarthost: {{ $channels.email.smarthost | quote }}
  requireTLS: {{ $channels.email.requireTls }}
  {{- with $channels.email.username }}
  authUsername: {{ . | quote }}
  authPassword:
    {{- toYaml $keys.email | nindent 4 }}
  {{- end }}
  sendResolved: true
  headers:
  - key: Subject
    value: |-
      {{- $message.title | nindent 6 }}
  text: |-
    {{- $message.text | nindent 4 }}
  html: |-
    {{- $message.html | nindent 4 }}
{{- end }}
{{- if and $route.pagerduty $keys.pagerduty }}
pagerdutyConfigs:
- description: |-
    {{- $message.title | nindent 4 }}
  details:
  - key: text
    value: |-
      {{- $message.text | nindent 6 }}
  routingKey:
    {{- toYaml $keys.pagerduty | nindent 4 }}
  sendResolved: true
  severity: '{{ `{{ if eq .CommonLabels.severity "critical" }}critical{{ else }}warning{{ end }}` }}'
{{- end }}
{{- if and $route.slack $keys.slack }}
slackConfigs:
- apiURL:
    {{- toYaml $keys.slack | nindent 4 }}
  {{- with $channels.slack.channel }}
  channel: {{ . | quote }}
  {{- end }}
  fallback: |-
    {{- $message.title | nindent 4 }}
  sendResolved: true
  text: |-
    {{- $message.text | nindent 4 }}
  title: |-
    {{- $message.title | nindent 4 }}
{{- end }}
{{- if and $route.webhook $keys.webhook }}
webhookConfigs:
- sendResolved: true
  urlSecret:
    {{- toYaml $keys.webhook | nindent 4 }}
{{- end }}
{{- end -}}
