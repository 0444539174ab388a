{{/*
`$.ctx.api`: the values of `api` without nulls, and `name`, `base` (of its container), `image`, `containerEnv` (layers for
audio-processor.env); in seconds `gracePeriod`, `preStopSleep` and `rolloutDeadline`.
*/}}
{{- define "audio-processor.context.api" -}}
{{- $api := dict -}}
{{- include "audio-processor.overlay" (list $api .Values.api) -}}
{{- $_ := set $api "base" "audio-processor" -}}
{{- $_ := set $api "name" (include "audio-processor.name" (list . "audio-processor")) -}}
{{- $image := dict -}}
{{- include "audio-processor.image" (dict "into" $image "root" . "layers" (list .Values.image $api.image)) -}}
{{- $_ := set $api "image" $image -}}
{{- $_ := set $api "gracePeriod" (include "audio-processor.seconds" $api.grace | int64) -}}
{{- $_ := set $api "preStopSleep" (include "audio-processor.seconds" $api.preStopSleep | int64) -}}
{{- $after := eq $api.strategy.type "Recreate" | ternary $api.grace "" -}}
{{- $_ := set $api "rolloutDeadline" (include "audio-processor.rolloutDeadline" (dict "root" . "startup" $api.probes.startup "after" $after) | int64) -}}
{{- /* Behind a proxy: the path that it strips, which the page /docs needs, and whose X-Forwarded-For to trust. */ -}}
{{- $proxy := dict -}}
{{- with .ctx.routing.strippedPath -}}
  {{- $_ := set $proxy "UVICORN_ROOT_PATH" . -}}
{{- end -}}
{{- with .Values.routing.trustedProxies -}}
  {{- $_ := set $proxy "FORWARDED_ALLOW_IPS" (keys . | sortAlpha | join ",") -}}
{{- end -}}
{{- $role := dict "AUDIO_PROCESSOR_ROLE" "api" -}}
{{- $_ := set $api "containerEnv" (concat .ctx.clients.env (list $role $proxy .Values.app.env $api.env)) -}}
{{- $_ := set .ctx "api" $api -}}
{{- end -}}
