{{/* Rules of the monitoring servers' routes from outside. */}}
{{- define "audio-processor.monitoring.access.rules" }}
{{- $routing := .Values.routing }}
{{- range $route := .ctx.monitoringAccess.routes }}
  {{- $server := .server }}
  {{- $at := printf "monitoring.public.%s" .server }}
  {{- $values := get $.Values .server }}
  {{- if not $values.enabled }}
  - {{ $at }}: the server is off, so that its route has no backend. Set {{ $server }}.enabled: true, or {{ $at }}: false.
  {{- end }}
  {{- if not $.Values.global.monitoring.host }}
  - {{ $at }}: without a host the route would match every host of its Gateway or controller.
    Set global.monitoring.host, for example monitoring.example.com, or {{ $at }}: false.
  {{- end }}
  {{- if not (or $routing.gateway.parentRefs $routing.ingress.enabled) }}
  - {{ $at }}: there is no Gateway and no Ingress.
    Set routing.gateway.parentRefs or routing.ingress.enabled: true, or {{ $at }}: false.
  {{- end }}
  {{- with $values.auth }}
    {{- if not (or .existingSecret .external) }}
    - {{ $at }}: without a password anybody could read and change it. Set {{ $server }}.auth.existingSecret, or
      {{ $server }}.auth.external: true if a proxy authenticates its users.
    {{- end }}
  {{- end }}
{{- end }}
{{- /* Paths: a controller uses the longest prefix that matches, so that only equal ones conflict. */}}
{{- $used := dict }}
{{- if and .ctx.routing.enabled (eq .Values.global.monitoring.host .Values.routing.host) }}
  {{- range .ctx.routing.routes }}
    {{- $_ := set $used .path (printf "routing.paths.%s" .component) }}
    {{- if not $.Values.routing.public.metrics }}
      {{- $_ := set $used (print .prefix "/metrics") (printf "the hidden metrics below routing.paths.%s" .component) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range $route := .ctx.monitoringAccess.routes }}
  {{- $at := printf "global.monitoring.prefixes.%s" .server }}
  {{- with get $used .path }}
  - {{ $at }}: {{ $route.path }} on the same host is also the path of {{ . }}. Set a path that nothing else uses.
  {{- end }}
  {{- $_ := set $used .path $at }}
{{- end }}
{{- /* TLS of the Ingress. */}}
{{- $issuer := .Values.routing.ingress.tls.issuer }}
{{- $namespace := .ctx.monitoring.namespace }}
{{- if and .Values.routing.ingress.enabled .ctx.monitoringAccess.routes }}
  {{- if and .ctx.monitoringAccess.tlsSecret (eq .Values.global.monitoring.scheme "http") }}
  - global.monitoring.scheme: http contradicts the TLS of the monitoring Ingress.
    Set https, or remove monitoring.tls.secret and routing.ingress.tls.
  {{- end }}
  {{- if and .ctx.monitoringAccess.certificate (eq $issuer.kind "Issuer") (ne $namespace .Release.Namespace) }}
  - routing.ingress.tls.issuer.kind: the Issuer {{ $issuer.name }} in {{ .Release.Namespace }} cannot sign the servers'
    Certificate in {{ $namespace }}. Set a ClusterIssuer, or monitoring.tls.secret to a Secret in {{ $namespace }}.
  {{- end }}
{{- else if .Values.monitoring.tls.secret }}
- monitoring.tls.secret: no Ingress uses it; TLS of an HTTPRoute is configured in the listener of its Gateway.
  Set routing.ingress.enabled and monitoring.public.<server> to true, or remove it.
{{- end }}
{{- end }}
