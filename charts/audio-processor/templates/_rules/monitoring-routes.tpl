{{/* Rules about the servers' routes from outside, as a JSON list of problems. */}}
{{- define "audio-processor.rules.monitoring.public" -}}
{{- $problems := list -}}
{{- $routes := include "audio-processor.monitoring.public" . | fromJsonArray -}}
{{- range $route := $routes -}}
  {{- $at := printf "monitoring.public.%s" $route.server -}}
  {{- $values := get $.Values $route.server -}}
  {{- if not $values.enabled -}}
    {{- $problems = append $problems (printf "%s: the route would lead nowhere. Set %s.enabled: true, or %s: false." $at $route.server $at) -}}
  {{- end -}}
  {{- if not $.Values.global.monitoring.host -}}
    {{- $problems = append $problems (printf "%s: without a host the route would take the requests for every host of its Gateway or controller. Set global.monitoring.host, as monitoring.example.com, or %s: false." $at $at) -}}
  {{- end -}}
  {{- if not (or $.Values.routing.gateway.parentRefs $.Values.routing.ingress.enabled) -}}
    {{- $problems = append $problems (printf "%s: there is no Gateway and no Ingress by which it could be reached. Set routing.gateway.parentRefs or routing.ingress.enabled: true, or %s: false." $at $at) -}}
  {{- end -}}
  {{- if hasKey $values "auth" -}}
    {{- if not (or $values.auth.existingSecret $values.auth.external) -}}
      {{- $problems = append $problems (printf "%s: it has no password of its own, and anybody could read and change it. Set %s.auth.existingSecret, or %s.auth.external: true where something before it asks." $at $route.server $route.server) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/*
Rules about the servers' paths, as a JSON list of problems. A controller takes the longest prefix that fits, so only
equal ones contradict.
*/}}
{{- define "audio-processor.rules.monitoring.paths" -}}
{{- $problems := list -}}
{{- $taken := dict -}}
{{- if and (include "audio-processor.routing.routed" .) (eq .Values.global.monitoring.host .Values.routing.host) -}}
  {{- range $route := include "audio-processor.routing.routes" . | fromJsonArray -}}
    {{- $_ := set $taken $route.path (printf "routing.paths.%s on the same host" $route.component) -}}
    {{- if not $.Values.routing.public.metrics -}}
      {{- $_ := set $taken (printf "%s/metrics" $route.below) (printf "where the metrics below routing.paths.%s are hidden" $route.component) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- range $route := include "audio-processor.monitoring.public" . | fromJsonArray -}}
  {{- $at := printf "global.monitoring.prefixes.%s" $route.server -}}
  {{- with get $taken $route.path -}}
    {{- $problems = append $problems (printf "%s: %s is %s as well, and only one of them would get its requests. Set a path that nothing else has." $at $route.path .) -}}
  {{- end -}}
  {{- $_ := set $taken $route.path $at -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about TLS of the servers' Ingress, as a JSON list of problems. */}}
{{- define "audio-processor.rules.monitoring.tls" -}}
{{- $problems := list -}}
{{- $v := .Values -}}
{{- $issuer := $v.routing.ingress.tls.issuer -}}
{{- $namespace := include "audio-processor.monitoring.namespace" . -}}
{{- if and $v.routing.ingress.enabled (include "audio-processor.monitoring.public" . | fromJsonArray) -}}
  {{- if and (include "audio-processor.monitoring.tlsSecret" .) (eq $v.global.monitoring.scheme "http") -}}
    {{- $problems = append $problems "global.monitoring.scheme: http contradicts the TLS of the servers' Ingress. Set https, or remove monitoring.tls.secret and routing.ingress.tls." -}}
  {{- end -}}
  {{- if and (include "audio-processor.monitoring.certificate" .) (eq $issuer.kind "Issuer") (ne $namespace .Release.Namespace) -}}
    {{- $problems = append $problems (printf "routing.ingress.tls.issuer.kind: the Issuer %s of %s signs nothing in another namespace, and the servers' Certificate is in %s. Set a ClusterIssuer, or monitoring.tls.secret to a Secret in %s." $issuer.name .Release.Namespace $namespace $namespace) -}}
  {{- end -}}
{{- else if $v.monitoring.tls.secret -}}
  {{- $problems = append $problems "monitoring.tls.secret: without an Ingress to a server nothing uses it; TLS of an HTTPRoute belongs to the listener of its Gateway. Set routing.ingress.enabled and monitoring.public.<server> to true, or remove it." -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
