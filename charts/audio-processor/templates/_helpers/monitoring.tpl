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
Name of a server, as its subchart makes it of the release and of its own `fullnameOverride`; it knows no prefix of this
chart. Further names begin with it: 49 characters leave room for what follows.

  include "audio-processor.monitoring.server" (dict "root" $ "server" "prometheus")
*/}}
{{- define "audio-processor.monitoring.server" -}}
{{- $release := .root.Release.Name -}}
{{- $name := printf "%s-%s" $release .server -}}
{{- if ne .root.Chart.Name "audio-processor" -}}
  {{- $name = printf "%s-%s-%s" $release .root.Chart.Name .server -}}
{{- else if eq $release .root.Values.global.monitoring.plainRelease -}}
  {{- $name = .server -}}
{{- end -}}
{{- $name = (get .root.Values .server).fullnameOverride | default $name -}}
{{- if gt (len $name) 49 -}}
{{- printf "%s-%s" ($name | trunc 40 | trimSuffix "-") (sha256sum $name | trunc 8) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end -}}

{{/* Whether the bundled Prometheus asks the kubelets: "true" or nothing. */}}
{{- define "audio-processor.monitoring.nodes" -}}
{{- if and (eq (include "audio-processor.monitoring.mode" .) "bundled") .Values.monitoring.nodes.enabled }}true{{ end -}}
{{- end -}}

{{/* Name of what stands in no namespace of ours: with the release's own, for other namespaces may have a release of this name. */}}
{{- define "audio-processor.monitoring.clusterName" -}}
{{- printf "%s-%s" (include "audio-processor.monitoring.server" (dict "root" . "server" "prometheus")) .Release.Namespace -}}
{{- end -}}
