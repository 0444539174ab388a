{{/* Rules of the notifications that the bundled Alertmanager or the operator's sends. */}}
{{- define "audio-processor.monitoring.notify.rules" -}}
{{- $alertmanager := .Values.alertmanager -}}
{{- $operator := .ctx.notifications.operatorKeys -}}
{{- $used := or $alertmanager.enabled $operator -}}
{{- range $key, $value := pick $alertmanager.notifications.email "to" "from" "smarthost" }}
{{- if and $alertmanager.notifications.email.enabled (not $value) }}
{{- if $alertmanager.enabled }}
- alertmanager.notifications.email.{{ $key }}: without it Alertmanager refuses its configuration and does not start.
  Set it, or alertmanager.notifications.email.enabled: false.
{{- else if $operator }}
- alertmanager.notifications.email.{{ $key }}: without it no e-mail is sent, unless the operator's Alertmanager has a default.
  Set it, or alertmanager.notifications.email.enabled: false.
{{- end }}
{{- end }}
{{- end }}
{{- if $used }}
{{- $intervals := dict
      "groupInterval" $alertmanager.groupInterval
      "routes.critical.repeatInterval" $alertmanager.routes.critical.repeatInterval
      "routes.warning.repeatInterval" $alertmanager.routes.warning.repeatInterval
      "notifications.heartbeat.interval" $alertmanager.notifications.heartbeat.interval }}
{{- range $path, $interval := $intervals }}
{{- if lt (include "audio-processor.seconds" $interval | int64) 1 }}
- alertmanager.{{ $path }}: Alertmanager refuses {{ $interval }} and does not start. Set at least 1s.
{{- end }}
{{- end }}
{{- with .Values.monitoring.alerts }}
{{- if and $alertmanager.notifications.heartbeat.enabled (not .Watchdog.enabled) }}
- monitoring.alerts.Watchdog.enabled: without this alert alertmanager.notifications.heartbeat is never called.
  Set it to true, or alertmanager.notifications.heartbeat.enabled: false.
{{- end }}
{{- end }}
{{- if and .ctx.notifications.secretKeys (not $alertmanager.existingSecret) }}
- alertmanager.existingSecret: no notification can be sent without the Secret that has the URLs and passwords of the channels.
  Set its name, or disable the channels of alertmanager.notifications.
{{- end }}
{{- $form := include "audio-processor.notifications.matcherForm" . }}
{{- range $name, $rule := $alertmanager.inhibitions }}
{{- range $side, $matchers := pick ($rule | default dict) "source" "target" }}
{{- range $matcher := $matchers }}
{{- if not (regexMatch $form $matcher) }}
- alertmanager.inhibitions.{{ $name }}.{{ $side }}: {{ $matcher }} is not a matcher that Alertmanager and the operator accept.
  Write one label for each matcher, as severity="critical", with =, !=, =~ or !~.
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
