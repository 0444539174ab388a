{{/*
Who the operator's Alertmanager tells, as JSON: by channel its key of a Secret, which must be in the release's namespace.
Empty without an operator, and as long as nobody is told.
*/}}
{{- define "audio-processor.alertmanagerConfig.channels" -}}
{{- $used := dict -}}
{{- if eq (include "audio-processor.monitoring.mode" .) "operator" -}}
  {{- range $channel, $key := include "audio-processor.notifications.keys" . | fromJson -}}
    {{- if (get $.Values.alertmanager.notifications $channel).enabled -}}
      {{- $_ := set $used $channel (dict "name" $.Values.alertmanager.existingSecret "key" $key) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $used -}}
{{- end -}}

{{/* All receivers, as a YAML list. */}}
{{- define "audio-processor.alertmanagerConfig.receivers" -}}
{{- $channels := include "audio-processor.alertmanagerConfig.channels" . | fromJson -}}
{{- $receivers := list (dict "name" "nobody") -}}
{{- range $severity, $route := .Values.alertmanager.routes -}}
  {{- $receiver := include "audio-processor.alertmanagerConfig.receiver" (dict "root" $ "route" $route) | fromJson -}}
  {{- $receivers = append $receivers (set $receiver "name" $severity) -}}
{{- end -}}
{{- with $channels.heartbeat -}}
  {{- $receivers = append $receivers (dict "name" "heartbeat" "webhookConfigs" (list (dict "urlSecret" . "sendResolved" false))) -}}
{{- end -}}
{{- toYaml $receivers -}}
{{- end -}}

{{/*
A receiver's ways to tell somebody, as JSON. Its Alertmanager has none of the bundled one's texts: each field holds its own.

  include "audio-processor.alertmanagerConfig.receiver" (dict "root" $ "route" .Values.alertmanager.routes.critical)
*/}}
{{- define "audio-processor.alertmanagerConfig.receiver" -}}
{{- $channels := include "audio-processor.alertmanagerConfig.channels" .root | fromJson -}}
{{- $notifications := .root.Values.alertmanager.notifications -}}
{{- $message := .root.Files.Get "files/messages.yaml" | fromYaml -}}
{{- $receiver := dict -}}
{{- if and .route.slack $channels.slack -}}
  {{- $slack := dict "apiURL" $channels.slack "sendResolved" true
        "title" $message.title "text" $message.text "fallback" $message.title -}}
  {{- with $notifications.slack.channel }}{{ $_ := set $slack "channel" . }}{{ end -}}
  {{- $_ := set $receiver "slackConfigs" (list $slack) -}}
{{- end -}}
{{- if and .route.email $channels.email -}}
  {{- with $notifications.email -}}
    {{- $email := dict "to" .to "from" .from "smarthost" .smarthost "requireTLS" .requireTls "sendResolved" true
          "headers" (list (dict "key" "Subject" "value" $message.title))
          "text" $message.text "html" $message.html -}}
    {{- if .username -}}
      {{- $email = merge $email (dict "authUsername" .username "authPassword" $channels.email) -}}
    {{- end -}}
    {{- $_ := set $receiver "emailConfigs" (list $email) -}}
  {{- end -}}
{{- end -}}
{{- if and .route.webhook $channels.webhook -}}
  {{- $_ := set $receiver "webhookConfigs" (list (dict "urlSecret" $channels.webhook "sendResolved" true)) -}}
{{- end -}}
{{- if and .route.pagerduty $channels.pagerduty -}}
  {{- $_ := set $receiver "pagerdutyConfigs" (list (dict "routingKey" $channels.pagerduty "sendResolved" true
        "description" $message.title
        "severity" `{{ if eq .CommonLabels.severity "critical" }}critical{{ else }}warning{{ end }}`
        "details" (list (dict "key" "text" "value" $message.text)))) -}}
{{- end -}}
{{- toJson $receiver -}}
{{- end -}}

{{/* Matchers as the operator takes them, as a JSON list; of those as Alertmanager does: `alertname=~"A|B"`. */}}
{{- define "audio-processor.alertmanagerConfig.matchers" -}}
{{- $form := include "audio-processor.alertmanagerConfig.matcherForm" . -}}
{{- $matchers := list -}}
{{- range $matcher := . -}}
  {{- $value := regexReplaceAll $form $matcher "${3}" -}}
  {{- if hasPrefix `"` $value -}}
    {{- /* The first goes last: what follows two backslashes is not escaped. */ -}}
    {{- $value = $value | trimPrefix `"` | trimSuffix `"` | replace `\\` "\x00" | replace `\"` `"` | replace `\n` "\n" | replace "\x00" `\` -}}
  {{- end -}}
  {{- $matchers = append $matchers (dict
        "name" (regexReplaceAll $form $matcher "${1}")
        "matchType" (regexReplaceAll $form $matcher "${2}")
        "value" $value) -}}
{{- end -}}
{{- toJson $matchers -}}
{{- end -}}

{{/* Regular expression of one matcher: name, operator, value with or without quotes. */}}
{{- define "audio-processor.alertmanagerConfig.matcherForm" -}}
^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^"\s,{}]*)\s*$
{{- end -}}
