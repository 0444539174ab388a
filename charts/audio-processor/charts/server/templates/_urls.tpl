{{/*
URL of a server inside the cluster, without a trailing slash. `server` names another of the three.

  include "audio-processor.server.innerUrl" (dict "root" $ "server" "prometheus" "port" 9090)
*/}}
{{- define "audio-processor.server.innerUrl" -}}
{{- $name := include "audio-processor.server.name" (dict "root" .root "server" .server "suffix" "service") -}}
{{- $path := get .root.Values.global.monitoring.prefixes (.server | default .root.Chart.Name) | trimSuffix "/" -}}
{{- printf "http://%s.%s.svc:%d%s" $name (include "audio-processor.server.namespace" .root) (int64 .port) $path -}}
{{- end -}}

{{/* External URL of the server, or its URL inside the cluster where `global.monitoring.host` is empty. */}}
{{- define "audio-processor.server.url" -}}
{{- with .Values.global.monitoring -}}
{{- if .host -}}
{{- printf "%s://%s%s" .scheme .host (get .prefixes $.Chart.Name | trimSuffix "/") -}}
{{- else -}}
{{- include "audio-processor.server.innerUrl" (dict "root" $ "port" $.Values.service.port) -}}
{{- end -}}
{{- end -}}
{{- end -}}
