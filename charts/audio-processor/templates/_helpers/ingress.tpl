{{/* Secret with the certificate of the Ingress, or nothing. */}}
{{- define "audio-processor.routing.tlsSecret" -}}
{{- $tls := .Values.routing.ingress.tls -}}
{{- if $tls.issuer.name -}}
{{- include "audio-processor.name" (list . "ml-service-tls") -}}
{{- else -}}
{{- $tls.secret -}}
{{- end -}}
{{- end -}}

{{/*
Annotations of a route's Ingress: the user's, and what the preset needs to strip and to hide. Traefik takes a chain of
Middlewares, so that the user's own run before.

  include "audio-processor.routing.ingressAnnotations" (dict "root" $ "route" $route) | fromJson
*/}}
{{- define "audio-processor.routing.ingressAnnotations" -}}
{{- $ingress := .root.Values.routing.ingress -}}
{{- $hide := not .root.Values.routing.public.metrics -}}
{{- $annotations := deepCopy $ingress.annotations -}}
{{- if eq $ingress.preset "traefik" -}}
  {{- $key := "traefik.ingress.kubernetes.io/router.middlewares" -}}
  {{- $chain := list (get $annotations $key) -}}
  {{- range $base, $used := dict "hide-metrics" $hide "strip-path" .route.strip -}}
    {{- $name := include "audio-processor.name" (list $.root (printf "ml-service-%s" $base)) -}}
    {{- $chain = append $chain ($used | ternary (printf "%s-%s@kubernetescrd" $.root.Release.Namespace $name) "") -}}
  {{- end -}}
  {{- with compact $chain -}}{{- $_ := set $annotations $key (join "," .) -}}{{- end -}}
{{- else if eq $ingress.preset "haproxy" -}}
  {{- $lines := list -}}
  {{- $below := regexQuoteMeta .route.below -}}
  {{- if $hide -}}
    {{- $lines = append $lines (printf "^%s/metrics/?$ %s" $below (include "audio-processor.routing.nowhere" .root)) -}}
  {{- end -}}
  {{- if .route.strip -}}
    {{- $lines = append $lines (printf "^%s/?(.*)$ /\\1" $below) -}}
  {{- end -}}
  {{- with $lines -}}{{- $_ := set $annotations "haproxy.org/path-rewrite" (join "\n" .) -}}{{- end -}}
{{- end -}}
{{- toJson $annotations -}}
{{- end -}}
