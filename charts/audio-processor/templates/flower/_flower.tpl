{{/*
`$.ctx.flower`: the values of `flower` without nulls, and `base` (of its container), `image`, `prefix` (the path of all its
pages, without slashes; a route must not strip it); where Flower is enabled also `containerEnv` (layers for
audio-processor.env) and `rolloutDeadline` in seconds.
*/}}
{{- define "audio-processor.context.flower" -}}
{{- $flower := dict -}}
{{- include "audio-processor.overlay" (list $flower .Values.flower) -}}
{{- $_ := set $flower "base" "flower" -}}
{{- $_ := set $flower "prefix" (.Values.routing.paths.flower | trimAll "/") -}}
{{- if $flower.enabled -}}
  {{- $image := dict -}}
  {{- include "audio-processor.image" (dict "into" $image "root" . "layers" (list .Values.image $flower.image)) -}}
  {{- $_ := set $flower "image" $image -}}
  {{- /* Flower sends commands to every worker, so that it needs the Celery module with the longest visibility timeout. */ -}}
  {{- $own := dict
        "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT" (toString .ctx.clients.visibilityTimeout)
        "PYTHONPATH" "/etc/audio-processor"
        "HOME" "/tmp"
        "FLOWER_BASIC_AUTH" (dict "secret" .Values.secrets.name "key" "FLOWER_BASIC_AUTH")
        "FLOWER_URL_PREFIX" $flower.prefix
        "FLOWER_PORT" "5555"
        "FLOWER_MAX_TASKS" (int64 $flower.maxTasks | toString)
        "FLOWER_PURGE_OFFLINE_WORKERS" (include "audio-processor.seconds" $flower.forgetWorkersAfter) -}}
  {{- $_ := set $flower "containerEnv" (list .ctx.broker.env .ctx.application.hideGpus $own $flower.env) -}}
  {{- $_ := set $flower "rolloutDeadline" (include "audio-processor.rolloutDeadline" (dict "root" . "startup" $flower.probes.startup) | int64) -}}
{{- end -}}
{{- $_ := set .ctx "flower" $flower -}}
{{- end -}}
