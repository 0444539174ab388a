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
{{- if $asObject -}}
  {{- $form := include "audio-processor.alertmanagerConfig.matcherForm" . -}}
  {{- range $name, $rule := $own.inhibitions -}}
    {{- range $side, $matchers := pick $rule "source" "target" -}}
      {{- range $matcher := $matchers -}}
        {{- if not (regexMatch $form $matcher) -}}
          {{- $problems = append $problems (printf "alertmanager.inhibitions.%s.%s: %s is no matcher that the operator could be given. Write one label a matcher, as severity=\"critical\", with =, !=, =~ or !~." $name $side $matcher) -}}
        {{- end -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
