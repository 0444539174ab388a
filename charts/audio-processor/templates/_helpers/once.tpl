{{/*
The text of a helper that depends on the root alone, made once in a render and not by every template that asks.
Two dozen templates ask for the pools, and making them is most of the time of a render.

  include "audio-processor.once" (dict "root" $ "name" "audio-processor.pools.found")

The text is kept beside `.Values`, in the root that all templates of a chart share; the values stay as they are.
*/}}
{{- define "audio-processor.once" -}}
{{- if not (hasKey .root .name) -}}
  {{- $_ := set .root .name (include .name .root) -}}
{{- end -}}
{{- get .root .name -}}
{{- end -}}
