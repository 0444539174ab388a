{{/*
`$.ctx.monitoringAccess`: `routes` (the servers that are reached from outside: `server`, `path` without a trailing slash or `/`,
`service`, `port`), `tlsSecret` (Secret with the certificate of their Ingress, or "") and `certificate` (whether the chart
makes a Certificate for it; with the host and namespace of the service they share the service's).
*/}}
{{- define "audio-processor.context.monitoringAccess" -}}
{{- $routes := list -}}
{{- range $server, $public := .Values.monitoring.public -}}
  {{- if $public -}}
    {{- $routes = append $routes (dict
          "server" $server
          "path" (get $.Values.global.monitoring.prefixes $server | trimSuffix "/" | default "/")
          "service" (printf "%s-service" (get $.ctx.monitoring.servers $server))
          "port" (int64 (get $.Values $server).service.port)) -}}
  {{- end -}}
{{- end -}}
{{- $shared := and (eq .Values.global.monitoring.host .Values.routing.host) (eq .ctx.monitoring.namespace .Release.Namespace) -}}
{{- $secret := .Values.monitoring.tls.secret -}}
{{- $certificate := and (ne .Values.routing.ingress.tls.issuer.name "") (eq $secret "") (not $shared) -}}
{{- if $certificate -}}
  {{- $secret = include "audio-processor.name" (list . "monitoring-tls") -}}
{{- else if and $shared (eq $secret "") -}}
  {{- $secret = .ctx.routing.tlsSecret -}}
{{- end -}}
{{- $_ := set .ctx "monitoringAccess" (dict "routes" $routes "tlsSecret" $secret "certificate" $certificate) -}}
{{- end -}}

{{/* Lines of NOTES about the servers: `(dict "root" $)`; nothing without one. */}}
{{- define "audio-processor.monitoring.notes" -}}
{{- $root := .root -}}
{{- $namespace := $root.ctx.monitoring.namespace -}}
{{- $ports := dict "prometheus" 9090 "alertmanager" 9093 "grafana" 3000 -}}
{{- range $server := list "prometheus" "alertmanager" "grafana" -}}
  {{- $values := get $root.Values $server -}}
  {{- if $values.enabled }}
{{ $server }}
  kubectl --namespace {{ $namespace }} port-forward service/{{ get $root.ctx.monitoring.servers $server }}-service {{ get $ports $server }}:{{ int64 $values.service.port }}
  then http://127.0.0.1:{{ get $ports $server }}{{ get $root.Values.global.monitoring.prefixes $server | trimSuffix "/" }}/
  {{- end }}
{{- end }}
{{- range $route := $root.ctx.monitoringAccess.routes }}
External URL: {{ $root.Values.global.monitoring.scheme }}://{{ $root.Values.global.monitoring.host }}{{ $route.path }}
{{- end }}
{{- range $root.ctx.notifications.warnings }}
WARNING: {{ . }}
{{- end }}
{{- end -}}
