{{/* Matchers of an AlertmanagerConfig, as a flow sequence, of those that Alertmanager reads: `alertname=~"A|B"`. */}}
{{- define "audio-processor.notifications.matchers" -}}
{{- $form := include "audio-processor.notifications.matcherForm" . -}}
{{- $matchers := list -}}
{{- range $matcher := . -}}
  {{- $value := regexReplaceAll $form $matcher "${3}" -}}
  {{- if hasPrefix `"` $value -}}
    {{- /* The first replacement is undone last: what follows two backslashes is not escaped. */ -}}
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
{{- define "audio-processor.notifications.matcherForm" -}}
^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^"\s,{}]*)\s*$
{{- end -}}
