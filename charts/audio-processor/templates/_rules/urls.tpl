{{/* Rules about URLs, as a JSON list of problems. Nothing of the URL is repeated: it may hold a password. */}}
{{- define "audio-processor.rules.urls" -}}
{{- $problems := list -}}
{{- $urls := dict
      "app.s3.endpoint" (list .Values.app.s3.endpoint "S3_ACCESS_KEY and S3_SECRET_KEY")
      "app.masterml.url" (list .Values.app.masterml.url "MASTERML_TOKEN") -}}
{{- range $at, $of := $urls -}}
  {{- if contains "@" (index $of 0 | trimPrefix "https://" | trimPrefix "http://" | splitList "/" | first) -}}
    {{- $problems = append $problems (printf "%s: credentials in a URL are readable in the ConfigMap, in the release and in every backup of them. Remove what stands before the @, and put %s into the Secret %s." $at (index $of 1) $.Values.secrets.name) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
