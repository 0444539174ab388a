
{{/* What stands before every name, dash included. Under an alias of the parent chart the alias is in it. */}}
{{- define "server.prefix" -}}
{{- $alias := include "server.alias" . -}}
{{- if $alias -}}
{{ .Release.Name }}-{{ $alias }}-
{{- else if ne .Release.Name .Values.global.monitoring.plainRelease -}}
{{ .Release.Name }}-
{{- end -}}
{{- end -}}

{{/* Name under which the parent chart is used, where it is not its own; nothing without a parent. */}}
{{- define "server.alias" -}}
{{- $charts := splitList "/charts/" .Template.BasePath | initial -}}
{{- if and $charts (ne (last $charts) "audio-processor") }}{{ last $charts }}{{ end -}}
{{- end -}}

{{/*
Name of an object. That of the server is cut to 49 characters with a hash of the whole, so that every suffix fits: the
parent chart adds its own.

  include "server.name" (dict "root" $ "suffix" "service")

`server` is another server than this one, as this one must know it: its `fullnameOverride` is not seen from here.
*/}}
{{- define "server.name" -}}
{{- $own := .root.Values.fullnameOverride -}}
{{- if or .server (not $own) -}}
  {{- $own = printf "%s%s" (include "server.prefix" .root) (.server | default "@server@") -}}
{{- end -}}
{{- if gt (len $own) 49 -}}
  {{- $own = printf "%s-%s" ($own | trunc 40 | trimSuffix "-") (sha256sum $own | trunc 8) -}}
{{- end -}}
{{- compact (list $own .suffix) | join "-" -}}
{{- end -}}

{{/* Namespace of the servers. */}}
{{- define "server.namespace" -}}
{{- .Values.global.monitoring.namespace | default .Release.Namespace -}}
{{- end -}}

{{/* What selects the pod; never changes during the life of a release. */}}
{{- define "server.selectorLabels" -}}
app.kubernetes.io/name: {{ compact (list (include "server.alias" .) "@server@") | join "-" | trunc 63 | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: @server@
{{- end -}}

{{/*
Metadata of an object.

  include "server.metadata" (dict "root" $ "suffix" "service" "annotations" $annotations)
*/}}
{{- define "server.metadata" -}}
name: {{ include "server.name" . }}
{{- $namespace := include "server.namespace" .root }}
{{- if ne $namespace .root.Release.Namespace }}
namespace: {{ $namespace | quote }}
{{- end }}
labels:
  {{- include "server.selectorLabels" .root | nindent 2 }}
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

  include "server.path" $.Values.global.monitoring.prefixes.@server@
*/}}
{{- define "server.path" -}}
{{- trimSuffix "/" . -}}
{{- end -}}

{{/*
URL of a server inside the cluster, without slash at its end.

  include "server.innerUrl" (dict "root" $ "port" 9090)
*/}}
{{- define "server.innerUrl" -}}
{{- $name := include "server.name" (merge (dict "suffix" "service") .) -}}
{{- $path := include "server.path" (get .root.Values.global.monitoring.prefixes (.server | default "@server@")) -}}
{{- printf "http://%s.%s.svc:%d%s" $name (include "server.namespace" .root) (int64 .port) $path -}}
{{- end -}}

{{/* URL that the server gives of itself: from outside where there is a host. */}}
{{- define "server.url" -}}
{{- with .Values.global.monitoring -}}
{{- if .host -}}
{{- printf "%s://%s%s" .scheme .host (include "server.path" .prefixes.@server@) -}}
{{- else -}}
{{- include "server.innerUrl" (dict "root" $ "port" $.Values.service.port) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Reference of the image. */}}
{{- define "server.image" -}}
{{- with .Values.image -}}
{{ with .registry }}{{ . }}/{{ end }}{{ .repository }}:{{ .tag }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end -}}
