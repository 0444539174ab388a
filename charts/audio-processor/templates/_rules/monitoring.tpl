{{/* Rules about who watches, as a JSON list of problems. */}}
{{- define "audio-processor.rules.monitoring" -}}
{{- $problems := list -}}
{{- $v := .Values -}}
{{- if and $v.prometheus.enabled $v.monitoring.operator.enabled -}}
  {{- $problems = append $problems "monitoring.operator.enabled: beside the bundled Prometheus everything would be scraped and told twice. Set it to false, or prometheus.enabled: false." -}}
{{- end -}}
{{- if and $v.alertmanager.enabled $v.monitoring.operator.enabled (not $v.prometheus.enabled) -}}
  {{- $problems = append $problems "alertmanager.enabled: nothing sends it an alert, for an operator has an Alertmanager of its own, which gets what alertmanager.notifications says. Set it to false, or take the bundled Prometheus in place of the operator." -}}
{{- end -}}
{{- if and $v.grafana.enabled (not $v.grafana.admin.existingSecret) -}}
  {{- $problems = append $problems "grafana.admin.existingSecret: Grafana would start with the password that everybody knows. Set the name of a Secret with GRAFANA_ADMIN_USER and GRAFANA_ADMIN_PASSWORD." -}}
{{- end -}}
{{- if and $v.alertmanager.enabled $v.alertmanager.auth.existingSecret (not $v.prometheus.alertmanager.existingSecret) -}}
  {{- $problems = append $problems (printf "prometheus.alertmanager.existingSecret: Alertmanager asks for a password, and Prometheus has none to send alerts with. Set it to %s." $v.alertmanager.auth.existingSecret) -}}
{{- end -}}
{{- range $server := list "prometheus" "alertmanager" "grafana" -}}
  {{- with get $v $server -}}
    {{- if and .enabled .persistence.existingClaim (not .persistence.enabled) -}}
      {{- $problems = append $problems (printf "%s.persistence.existingClaim: nothing would use the claim %s. Set %s.persistence.enabled: true, or remove it." $server .persistence.existingClaim $server) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- concat $problems (include "audio-processor.rules.monitoring.datasource" . | fromJsonArray) | toJson -}}
{{- end -}}

{{/* Rules about the Prometheus that Grafana asks, as a JSON list of problems. */}}
{{- define "audio-processor.rules.monitoring.datasource" -}}
{{- $problems := list -}}
{{- $prometheus := .Values.prometheus -}}
{{- $server := include "audio-processor.monitoring.server" (dict "root" . "server" "prometheus") -}}
{{- $url := .Values.grafana.datasource.url -}}
{{- if and .Values.grafana.enabled (not $url) -}}
  {{- if not $prometheus.enabled -}}
    {{- $problems = append $problems "grafana.datasource.url: without the bundled Prometheus Grafana has nothing to ask. Set the URL of yours, as http://prometheus-operated.monitoring.svc:9090, or prometheus.enabled: true." -}}
  {{- else if or $prometheus.fullnameOverride (ne (int64 $prometheus.service.port) 9090) -}}
    {{- $problems = append $problems (printf "grafana.datasource.url: Grafana cannot know another name or port of Prometheus than the usual one. Set it to http://%s-service.%s.svc:%d%s." $server (include "audio-processor.monitoring.namespace" .) (int64 $prometheus.service.port) (trimSuffix "/" .Values.global.monitoring.prefixes.prometheus)) -}}
  {{- end -}}
{{- end -}}
{{- if and .Values.grafana.enabled $prometheus.enabled $prometheus.auth.existingSecret (not .Values.grafana.datasource.existingSecret) -}}
  {{- if or (not $url) (hasPrefix (printf "http://%s-service." $server) $url) -}}
    {{- $problems = append $problems (printf "grafana.datasource.existingSecret: Prometheus asks for a password, and Grafana has none. Set it to %s." $prometheus.auth.existingSecret) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

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

{{/* Rules of a chart that is switched off, as a JSON list of problems: Helm asks a subchart's condition alone. */}}
{{- define "audio-processor.rules.off" -}}
{{- $problems := list -}}
{{- range $server := list "prometheus" "alertmanager" "grafana" -}}
  {{- if get (get $.Values $server) "enabled" -}}
    {{- $problems = append $problems (printf "%s.enabled: with enabled: false its server would stay, and have nothing to watch. Set it to false." $server) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
