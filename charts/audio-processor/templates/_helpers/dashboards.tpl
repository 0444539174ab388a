{{/*
A dashboard, with links to the runbooks where a value says where these are. Its own text is full of braces and is never
a template.

  include "audio-processor.dashboards.json" (dict "root" $ "path" "files/dashboards/audio-processor-overview.json")
*/}}
{{- define "audio-processor.dashboards.json" -}}
{{- $json := .root.Files.Get .path | trim -}}
{{- with .root.Values.monitoring.runbooks -}}
{{- $json | replace "https://runbooks.invalid" (trimSuffix "/" .) -}}
{{- else -}}
{{- regexReplaceAll "\\{[^{}]*\\$runbooks[^{}]*\\},?" $json "" -}}
{{- end -}}
{{- end -}}
