{{/* A text with its placeholders filled: (list "over ${window}" (dict "window" "5m")). */}}
{{- define "audio-processor.interpolate" -}}
{{- $text := first . -}}
{{- range $key, $value := last . -}}
  {{- $text = replace (printf "${%s}" $key) (toString $value) $text -}}
{{- end -}}
{{- $text -}}
{{- end -}}

{{/* A PromQL expression with its placeholders filled and without its comments, which are about the file. */}}
{{- define "audio-processor.expression" -}}
{{- $text := regexReplaceAll "(?m)^\\s*#.*\n" (first .) "" -}}
{{- include "audio-processor.interpolate" (list $text (last .)) | trim -}}
{{- end -}}
