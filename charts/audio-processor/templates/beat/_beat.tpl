{{/*
`$.ctx.beat`: the values of `beat` without nulls, and `base` (of its container), `image`, `containerEnv` (layers for
audio-processor.env), `rolloutDeadline` in seconds, and `warning` for NOTES: what happens where no pool consumes what beat sends, or "".
*/}}
{{- define "audio-processor.context.beat" -}}
{{- $beat := dict -}}
{{- include "audio-processor.overlay" (list $beat .Values.beat) -}}
{{- $_ := set $beat "base" "audio-beat" -}}
{{- $image := dict -}}
{{- include "audio-processor.image" (dict "into" $image "root" . "layers" (list .Values.image $beat.image)) -}}
{{- $_ := set $beat "image" $image -}}
{{- $health := dict "AUDIO_PROCESSOR_HEALTH_DIR" "/health" -}}
{{- $_ := set $beat "containerEnv" (concat .ctx.clients.env (list $health .Values.app.env $beat.env)) -}}
{{- $_ := set $beat "rolloutDeadline" (include "audio-processor.rolloutDeadline" (dict "root" . "startup" $beat.probes.startup "after" $beat.grace) | int64) -}}
{{- $queues := list -}}
{{- range .ctx.pools -}}
  {{- $queues = concat $queues .queueNames -}}
{{- end -}}
{{- $warning := "" -}}
{{- if and $beat.enabled (not (has "system_queue" $queues)) -}}
  {{- $warning = "beat sends to system_queue once a minute and no pool consumes it, so its messages pile up. Add workers.pools.<pool>.queues.system_queue: {}, or set beat.enabled: false." -}}
{{- end -}}
{{- $_ := set $beat "warning" $warning -}}
{{- $_ := set .ctx "beat" $beat -}}
{{- end -}}
