{{/*
Name of an object, at most 63 characters: the plain name under the release name `audio-processor`, otherwise
with the release's prefix. A name that is too long ends in a hash of the whole, so that two of them stay apart.

  include "audio-processor.name" (dict "root" $ "base" "redis-service")

`limit` is for kinds whose names enter a label with a suffix (a StatefulSet: 52).
*/}}
{{- define "audio-processor.name" -}}
{{- $limit := .limit | default 63 -}}
{{- $name := printf "%s%s" (include "audio-processor.prefix" .root) .base -}}
{{- if gt (len $name) $limit -}}
{{- printf "%s-%s" ($name | trunc (sub $limit 9 | int) | trimSuffix "-") (sha256sum $name | trunc 8) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end -}}

{{/*
What stands before every name, dash included. A parent chart that uses this one under an alias, perhaps twice,
gets the alias in it.
*/}}
{{- define "audio-processor.prefix" -}}
{{- $release := .Release.Name -}}
{{- if ne .Chart.Name "audio-processor" -}}
{{- $release = printf "%s-%s" .Release.Name .Chart.Name -}}
{{- end -}}
{{- $prefix := .Values.fullnameOverride | default $release -}}
{{- if ne $prefix "audio-processor" }}{{ $prefix }}-{{ end -}}
{{- end -}}

{{/* Name without prefix of a pool's workload and container: `cpu` is the plain one. Takes the pool's key. */}}
{{- define "audio-processor.pool.base" -}}
{{- if eq . "cpu" }}audio-worker{{ else }}audio-{{ . }}-worker{{ end -}}
{{- end -}}

{{/* Name of the ServiceAccount of API and workers. */}}
{{- define "audio-processor.serviceAccountName" -}}
{{- with .Values.security.serviceAccount -}}
{{- if .name -}}
{{- .name -}}
{{- else if .create -}}
{{- include "audio-processor.name" (dict "root" $ "base" "ml-service-sa") -}}
{{- else -}}
default
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Name of the claim under the embedded broker. */}}
{{- define "audio-processor.broker.claim" -}}
{{- .Values.broker.persistence.existingClaim | default (include "audio-processor.name" (dict "root" . "base" "redis-data")) -}}
{{- end -}}
