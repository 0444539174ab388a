{{/*
`$.ctx.clients`: processes that send tasks and belong to no pool. `visibilityTimeout` in seconds: the largest of all pools,
3600 without pools. `env`: layers for audio-processor.env, for those that run the application's code (API and beat).
*/}}
{{- define "audio-processor.context.clients" -}}
{{- $largest := 3600 -}}
{{- range .ctx.pools -}}
  {{- $largest = max $largest .visibilityTimeout -}}
{{- end -}}
{{- $own := dict "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT" (toString $largest) -}}
{{- $env := list .ctx.application.env .ctx.models.env .ctx.application.hideGpus .ctx.broker.env $own -}}
{{- $_ := set .ctx "clients" (dict "visibilityTimeout" $largest "env" $env) -}}
{{- end -}}
