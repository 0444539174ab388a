{{/*
Metadata of an object of monitoring that stands beside the servers.

  include "audio-processor.monitoring.metadata" (dict "root" $ "name" $name)
*/}}
{{- define "audio-processor.monitoring.metadata" -}}
name: {{ .name }}
{{- $namespace := include "audio-processor.monitoring.namespace" .root }}
{{- if ne $namespace .root.Release.Namespace }}
namespace: {{ $namespace | quote }}
{{- end }}
labels:
  {{- include "audio-processor.labels" (dict "root" .root "component" "monitoring") | nindent 2 }}
{{- end -}}

{{/*
Servers that are reached from outside, as a JSON list. A server has `server`, `path` (`/`, or without slash at its end),
`service` and `port`.
*/}}
{{- define "audio-processor.monitoring.public" -}}
{{- $routes := list -}}
{{- range $server, $is := .Values.monitoring.public -}}
  {{- if $is -}}
    {{- $routes = append $routes (dict
          "server" $server
          "path" (get $.Values.global.monitoring.prefixes $server | trimSuffix "/" | default "/")
          "service" (printf "%s-service" (include "audio-processor.monitoring.server" (dict "root" $ "server" $server)))
          "port" (int64 (get $.Values $server).service.port)) -}}
  {{- end -}}
{{- end -}}
{{- toJson $routes -}}
{{- end -}}

{{/*
Whether their Ingress gets a Certificate of its own: "true" or nothing. On the host of the service, beside it, that of
the service serves.
*/}}
{{- define "audio-processor.monitoring.certificate" -}}
{{- $tls := .Values.routing.ingress.tls -}}
{{- if and $tls.issuer.name (not .Values.monitoring.tls.secret) (not (include "audio-processor.monitoring.besideService" .)) }}true{{ end -}}
{{- end -}}

{{/* Secret with the certificate of their Ingress, or nothing. */}}
{{- define "audio-processor.monitoring.tlsSecret" -}}
{{- if .Values.monitoring.tls.secret -}}
{{- .Values.monitoring.tls.secret -}}
{{- else if include "audio-processor.monitoring.besideService" . -}}
{{- include "audio-processor.routing.tlsSecret" . -}}
{{- else if include "audio-processor.monitoring.certificate" . -}}
{{- include "audio-processor.name" (list . "monitoring-tls") -}}
{{- end -}}
{{- end -}}

{{/* Whether they share host and namespace with the service: "true" or nothing. */}}
{{- define "audio-processor.monitoring.besideService" -}}
{{- if and (eq .Values.global.monitoring.host .Values.routing.host) (eq (include "audio-processor.monitoring.namespace" .) .Release.Namespace) }}true{{ end -}}
{{- end -}}

{{/* What NOTES says about the servers; nothing without one. */}}
{{- define "audio-processor.monitoring.notes" -}}
{{- $root := .root -}}
{{- $namespace := include "audio-processor.monitoring.namespace" $root -}}
{{- $ports := dict "prometheus" 9090 "alertmanager" 9093 "grafana" 3000 -}}
{{- range $server := list "prometheus" "alertmanager" "grafana" -}}
  {{- $values := get $root.Values $server -}}
  {{- if $values.enabled }}
{{ $server }}
  kubectl --namespace {{ $namespace }} port-forward service/{{ include "audio-processor.monitoring.server" (dict "root" $root "server" $server) }}-service {{ get $ports $server }}:{{ int64 $values.service.port }}
  then http://127.0.0.1:{{ get $ports $server }}{{ get $root.Values.global.monitoring.prefixes $server | trimSuffix "/" }}/
  {{- end }}
{{- end }}
{{- range $route := include "audio-processor.monitoring.public" $root | fromJsonArray }}
from outside: {{ $root.Values.global.monitoring.scheme }}://{{ $root.Values.global.monitoring.host }}{{ $route.path }}
{{- end }}
{{- range include "audio-processor.monitoring.warnings" $root | fromJsonArray }}
WARNING: {{ . }}
{{- end }}
{{- end -}}
