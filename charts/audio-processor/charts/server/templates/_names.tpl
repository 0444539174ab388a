{{/*
Name of an object: with the release's name, and with the alias of an umbrella chart that includes `audio-processor` under one;
without both for the release `global.monitoring.unprefixedRelease`. The server's own name is cut to 49 characters, with a hash of
the whole name, so that every suffix fits, those of the parent chart too.

  include "audio-processor.server.name" (dict "root" $ "suffix" "service")

`server` names another of the three servers by its default name: its `fullnameOverride` is out of scope here.
*/}}
{{- define "audio-processor.server.name" -}}
{{- $root := .root -}}
{{- $name := .server | default $root.Chart.Name -}}
{{- $alias := splitList "/charts/" $root.Template.BasePath | initial | last | default "audio-processor" -}}
{{- if ne $alias "audio-processor" -}}
  {{- $name = printf "%s-%s-%s" $root.Release.Name $alias $name -}}
{{- else if ne $root.Release.Name $root.Values.global.monitoring.unprefixedRelease -}}
  {{- $name = printf "%s-%s" $root.Release.Name $name -}}
{{- end -}}
{{- if not .server -}}
  {{- $name = $root.Values.fullnameOverride | default $name -}}
{{- end -}}
{{- if gt (len $name) 49 -}}
  {{- $name = printf "%s-%s" ($name | trunc 40 | trimSuffix "-") (sha256sum $name | trunc 8) -}}
{{- end -}}
{{- compact (list $name .suffix) | join "-" -}}
{{- end -}}

{{/* Name of the PersistentVolumeClaim. */}}
{{- define "audio-processor.server.claim" -}}
{{- .Values.persistence.existingClaim | default (include "audio-processor.server.name" (dict "root" . "suffix" "data")) -}}
{{- end -}}

{{/* Namespace of the servers. */}}
{{- define "audio-processor.server.namespace" -}}
{{- .Values.global.monitoring.namespace | default .Release.Namespace -}}
{{- end -}}

{{/*
Metadata of an object.

  include "audio-processor.server.metadata" (dict "root" $ "suffix" "service" "annotations" $annotations)
*/}}
{{- define "audio-processor.server.metadata" -}}
name: {{ include "audio-processor.server.name" . }}
{{- $namespace := include "audio-processor.server.namespace" .root }}
{{- if ne $namespace .root.Release.Namespace }}
namespace: {{ $namespace | quote }}
{{- end }}
labels:
  {{- include "audio-processor.server.selectorLabels" .root | nindent 2 }}
  app.kubernetes.io/part-of: audio-processor
  app.kubernetes.io/version: {{ .root.Values.image.tag | trunc 63 | regexFind "[A-Za-z0-9](.*[A-Za-z0-9])?" | quote }}
  app.kubernetes.io/managed-by: {{ .root.Release.Service }}
  helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with .annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
