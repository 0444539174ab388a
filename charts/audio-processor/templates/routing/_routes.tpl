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
