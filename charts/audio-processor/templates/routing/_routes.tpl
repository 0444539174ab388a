{{/*
`$.ctx.routing`: `enabled` (there is a route from outside), `routes`, `tlsSecret` (Secret with the certificate of the Ingress, or
""), `url` (scheme and host), `strippedPath` (the path that a proxy strips before the API receives a request, or "") and
`notPublicPath`: a path that no component has. What is not public is rewritten to it and answers 404: Gateway API leaves
open what a rule without backend answers, and every controller here can rewrite.

A route has `component`, `path` (`/`, or `/audio` without a trailing slash), `prefix` (what precedes a further segment: ``
or `/audio`), `strip` (whether the component receives its requests without the path), `service` and `port`.
*/}}
{{- define "audio-processor.context.routing" -}}
{{- $routing := .Values.routing -}}
{{- $tls := $routing.ingress.tls -}}
{{- $enabled := ternary true false (or (not (empty $routing.gateway.parentRefs)) $routing.ingress.enabled) -}}
{{- $tlsSecret := $tls.issuer.name | empty | ternary $tls.secret (include "audio-processor.name" (list . "ml-service-tls")) -}}
{{- $https := or (not $routing.ingress.enabled) (ne $tlsSecret "") -}}
{{- $api := $routing.paths.api | trimSuffix "/" -}}
{{- $flower := printf "/%s" ($routing.paths.flower | trimAll "/") -}}
{{- $routes := list (dict
      "component" "api"
      "path" ($api | default "/")
      "prefix" $api
      "strip" (ne $api "")
      "service" (include "audio-processor.name" (list . "audio-processor-service"))
      "port" (int64 .Values.api.service.port)) -}}
{{- if $routing.public.flower -}}
  {{- $routes = append $routes (dict
        "component" "flower"
        "path" $flower
        "prefix" $flower
        "strip" false
        "service" (include "audio-processor.name" (list . "flower-service"))
        "port" (int64 .Values.flower.service.port)) -}}
{{- end -}}
{{- $_ := set .ctx "routing" (dict
      "enabled" $enabled
      "routes" $routes
      "tlsSecret" $tlsSecret
      "url" (printf "%s://%s" ($routing.scheme | default ($https | ternary "https" "http")) $routing.host)
      "strippedPath" ($enabled | ternary $api "")
      "notPublicPath" "/not-public") -}}
{{- end -}}

{{/*
`parentRefs` of an HTTPRoute. What the server would fill in is written out: an atomic list with its defaults differs from one
without. `namespace` is that of a Gateway without one, for a route in another namespace than the release.

  include "audio-processor.routing.parentRefs" (dict "root" $ "namespace" $.Release.Namespace)
*/}}
{{- define "audio-processor.routing.parentRefs" -}}
{{- range $key, $parent := .root.Values.routing.gateway.parentRefs }}
- group: gateway.networking.k8s.io
  kind: {{ $parent.kind | default "Gateway" }}
  name: {{ $parent.name | default $key | quote }}
  {{- with $parent.namespace | default $.namespace }}
  namespace: {{ . | quote }}
  {{- end }}
  {{- with $parent.sectionName }}
  sectionName: {{ . | quote }}
  {{- end }}
  {{- with $parent.port }}
  port: {{ int64 . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/*
Puts onto `annotations`, those of the user, what the preset of a route's Ingress needs to strip the path and to hide /metrics.
Traefik takes a chain of Middlewares, so that the user's own run before.

  include "audio-processor.routing.ingressAnnotations" (dict "root" $ "route" $route "annotations" $annotations)
*/}}
{{- define "audio-processor.routing.ingressAnnotations" -}}
{{- $ingress := .root.Values.routing.ingress -}}
{{- $hide := not .root.Values.routing.public.metrics -}}
{{- if eq $ingress.preset "traefik" -}}
  {{- $key := "traefik.ingress.kubernetes.io/router.middlewares" -}}
  {{- $chain := list (get .annotations $key) -}}
  {{- range $base, $used := dict "hide-metrics" $hide "strip-path" .route.strip -}}
    {{- $name := include "audio-processor.name" (list $.root (printf "ml-service-%s" $base)) -}}
    {{- $chain = append $chain ($used | ternary (printf "%s-%s@kubernetescrd" $.root.Release.Namespace $name) "") -}}
  {{- end -}}
  {{- with compact $chain -}}{{- $_ := set $.annotations $key (join "," .) -}}{{- end -}}
{{- else if eq $ingress.preset "haproxy" -}}
  {{- $prefix := regexQuoteMeta .route.prefix -}}
  {{- $lines := list
        ($hide | ternary (printf "^%s/metrics/?$ %s" $prefix .root.ctx.routing.notPublicPath) "")
        (.route.strip | ternary (printf "^%s/?(.*)$ /\\1" $prefix) "") -}}
  {{- with compact $lines -}}{{- $_ := set $.annotations "haproxy.org/path-rewrite" (join "\n" .) -}}{{- end -}}
{{- end -}}
{{- end -}}
