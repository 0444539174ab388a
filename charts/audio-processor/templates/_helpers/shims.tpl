{{- define "audio-processor.pools" -}}{{- include "audio-processor.context" . -}}{{- toJson .ctx.pools -}}{{- end -}}
{{- define "audio-processor.inherit" -}}{{- $r := dict -}}{{- include "audio-processor.overlay" (prepend . $r) -}}{{- toJson $r -}}{{- end -}}
{{- define "audio-processor.beat.enabled" -}}{{- if and .Values.enabled .Values.beat.enabled }}true{{ end -}}{{- end -}}
{{- define "audio-processor.flower.enabled" -}}{{- if and .Values.enabled .Values.flower.enabled }}true{{ end -}}{{- end -}}
{{- define "audio-processor.broker.embedded" -}}{{- if and .Values.enabled (eq .Values.broker.mode "embedded") }}true{{ end -}}{{- end -}}
{{- define "audio-processor.flower.prefix" -}}{{- .Values.routing.paths.flower | trimAll "/" -}}{{- end -}}
{{- define "audio-processor.once" -}}{{- if not (hasKey .root .name) -}}{{- $_ := set .root .name (include .name .root) -}}{{- end -}}{{- get .root .name -}}{{- end -}}
