{{/* Generated from src/generate/server/names.tpl by `npm run generate`; do not edit. */}}

{{/* What stands before every name, dash included. Under an alias of the parent chart the alias is in it. */}}
{{- define "prometheus.prefix" -}}
{{- $alias := include "prometheus.alias" . -}}
{{- if $alias -}}
{{ .Release.Name }}-{{ $alias }}-
{{- else if ne .Release.Name .Values.global.monitoring.plainRelease -}}
{{ .Release.Name }}-
{{- end -}}
{{- end -}}

{{/* Name under which the parent chart is used, where it is not its own; nothing without a parent. */}}
{{- define "prometheus.alias" -}}
{{- $charts := splitList "/charts/" .Template.BasePath | initial -}}
{{- if and $charts (ne (last $charts) "audio-processor") }}{{ last $charts }}{{ end -}}
{{- end -}}

{{/*
Name of an object. That of the server is cut to 49 characters with a hash of the whole, so that every suffix fits: the
parent chart adds its own.

  include "prometheus.name" (dict "root" $ "suffix" "service")

`server` is another server than this one, as this one must know it: its `fullnameOverride` is not seen from here.
*/}}
{{- define "prometheus.name" -}}
{{- $own := .root.Values.fullnameOverride -}}
{{- if or .server (not $own) -}}
  {{- $own = printf "%s%s" (include "prometheus.prefix" .root) (.server | default "prometheus") -}}
{{- end -}}
{{- if gt (len $own) 49 -}}
  {{- $own = printf "%s-%s" ($own | trunc 40 | trimSuffix "-") (sha256sum $own | trunc 8) -}}
{{- end -}}
{{- compact (list $own .suffix) | join "-" -}}
{{- end -}}

{{/* Namespace of the servers. */}}
{{- define "prometheus.namespace" -}}
{{- .Values.global.monitoring.namespace | default .Release.Namespace -}}
{{- end -}}

{{/* What selects the pod; never changes during the life of a release. */}}
{{- define "prometheus.selectorLabels" -}}
app.kubernetes.io/name: {{ compact (list (include "prometheus.alias" .) "prometheus") | join "-" | trunc 63 | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: prometheus
{{- end -}}

{{/*
Metadata of an object.

  include "prometheus.metadata" (dict "root" $ "suffix" "service" "annotations" $annotations)
*/}}
{{- define "prometheus.metadata" -}}
name: {{ include "prometheus.name" . }}
{{- $namespace := include "prometheus.namespace" .root }}
{{- if ne $namespace .root.Release.Namespace }}
namespace: {{ $namespace | quote }}
{{- end }}
labels:
  {{- include "prometheus.selectorLabels" .root | nindent 2 }}
  app.kubernetes.io/part-of: audio-processor
  app.kubernetes.io/version: {{ .root.Values.image.tag | trunc 63 | regexFind "[A-Za-z0-9](.*[A-Za-z0-9])?" | quote }}
  app.kubernetes.io/managed-by: {{ .root.Release.Service }}
  helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with .annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
A path without slash at its end, to stand before others: `` for the whole host.

  include "prometheus.path" $.Values.global.monitoring.prefixes.prometheus
*/}}
{{- define "prometheus.path" -}}
{{- trimSuffix "/" . -}}
{{- end -}}

{{/*
URL of a server inside the cluster, without slash at its end.

  include "prometheus.innerUrl" (dict "root" $ "port" 9090)
*/}}
{{- define "prometheus.innerUrl" -}}
{{- $name := include "prometheus.name" (merge (dict "suffix" "service") .) -}}
{{- $path := include "prometheus.path" (get .root.Values.global.monitoring.prefixes (.server | default "prometheus")) -}}
{{- printf "http://%s.%s.svc:%d%s" $name (include "prometheus.namespace" .root) (int64 .port) $path -}}
{{- end -}}

{{/* URL that the server gives of itself: from outside where there is a host. */}}
{{- define "prometheus.url" -}}
{{- with .Values.global.monitoring -}}
{{- if .host -}}
{{- printf "%s://%s%s" .scheme .host (include "prometheus.path" .prefixes.prometheus) -}}
{{- else -}}
{{- include "prometheus.innerUrl" (dict "root" $ "port" $.Values.service.port) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Reference of the image. */}}
{{- define "prometheus.image" -}}
{{- with .Values.image -}}
{{ with .registry }}{{ . }}/{{ end }}{{ .repository }}:{{ .tag }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end -}}
