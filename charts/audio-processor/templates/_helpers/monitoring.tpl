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

{{/*
Name of a server's objects: that of its subchart, which knows the release alone and no prefix of this chart.

  include "audio-processor.monitoring.server" (dict "root" $ "server" "prometheus")
*/}}
{{- define "audio-processor.monitoring.server" -}}
{{- $release := .root.Release.Name -}}
{{- $name := eq $release .root.Values.global.monitoring.plainRelease | ternary .server (printf "%s-%s" $release .server) -}}
{{- if gt (len $name) 52 -}}
{{- printf "%s-%s" ($name | trunc 43 | trimSuffix "-") (sha256sum $name | trunc 8) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end -}}
