{{/* Rules about who is told of an alert, by the bundled Alertmanager or by the operator's, as a JSON list of problems. */}}
{{- define "audio-processor.rules.notifications" -}}
{{- $problems := list -}}
{{- $own := .Values.alertmanager -}}
{{- $asObject := include "audio-processor.alertmanagerConfig.channels" . | fromJson -}}
{{- range $key, $value := pick $own.notifications.email "to" "from" "smarthost" -}}
  {{- if and $own.notifications.email.enabled (not $value) -}}
    {{- $at := printf "alertmanager.notifications.email.%s" $key -}}
    {{- if $own.enabled -}}
      {{- $problems = append $problems (printf "%s: without it Alertmanager refuses its configuration and does not start. Set it, or enabled: false." $at) -}}
    {{- else if $asObject -}}
      {{- $problems = append $problems (printf "%s: no e-mail goes out without it, and the operator's Alertmanager may know none. Set it, or enabled: false." $at) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- $used := or $own.enabled $asObject -}}
{{- $times := dict
      "groupInterval" $own.groupInterval
      "routes.critical.repeatInterval" $own.routes.critical.repeatInterval
      "routes.warning.repeatInterval" $own.routes.warning.repeatInterval
      "notifications.heartbeat.interval" $own.notifications.heartbeat.interval -}}
{{- range $at, $time := $times -}}
  {{- if and $used (lt (include "audio-processor.seconds" $time | int64) 1) -}}
    {{- $problems = append $problems (printf "alertmanager.%s: Alertmanager refuses %s and does not start. Set at least 1s." $at $time) -}}
  {{- end -}}
{{- end -}}
{{- if and $used $own.notifications.heartbeat.enabled (not .Values.monitoring.alerts.Watchdog.enabled) -}}
  {{- $problems = append $problems "monitoring.alerts.Watchdog.enabled: without this alert alertmanager.notifications.heartbeat is never called. Set it to true, or the heartbeat's enabled: false." -}}
{{- end -}}
{{- if and $used (not $own.existingSecret) (include "audio-processor.notifications.channels" . | fromJsonArray) -}}
  {{- $problems = append $problems "alertmanager.existingSecret: nobody can be told without the Secret that says where. Set its name, or turn alertmanager.notifications off." -}}
{{- end -}}
{{- if $used -}}
  {{- $form := include "audio-processor.alertmanagerConfig.matcherForm" . -}}
  {{- range $name, $rule := $own.inhibitions -}}
    {{- range $side, $matchers := pick ($rule | default dict) "source" "target" -}}
      {{- range $matcher := $matchers -}}
        {{- if not (regexMatch $form $matcher) -}}
          {{- $problems = append $problems (printf "alertmanager.inhibitions.%s.%s: %s is no matcher that Alertmanager and the operator take. Write one label a matcher, as severity=\"critical\", with =, !=, =~ or !~." $name $side $matcher) -}}
        {{- end -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
