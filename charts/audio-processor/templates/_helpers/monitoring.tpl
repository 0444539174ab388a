{{/*
Who reads what this release says of itself: `bundled` (its own Prometheus), `operator` (that of the cluster) or nothing.
*/}}
{{- define "audio-processor.monitoring.mode" -}}
{{- if and .Values.enabled .Values.prometheus.enabled -}}
bundled
{{- else if and .Values.enabled .Values.monitoring.operator.enabled -}}
operator
{{- end -}}
{{- end -}}

{{/* Value of the label `release` of every series: tells two releases in a namespace apart. */}}
{{- define "audio-processor.monitoring.release" -}}
{{- include "audio-processor.prefix" . | trimSuffix "-" | default "audio-processor" -}}
{{- end -}}

{{/* Namespace of the servers and of what they mount. */}}
{{- define "audio-processor.monitoring.namespace" -}}
{{- .Values.global.monitoring.namespace | default .Release.Namespace -}}
{{- end -}}

{{/* What selects this release's own series in PromQL, without braces. */}}
{{- define "audio-processor.monitoring.selector" -}}
namespace={{ .Release.Namespace | quote }},release={{ include "audio-processor.monitoring.release" . | quote }}
{{- end -}}
