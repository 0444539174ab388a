{{/* Whether there is a route from outside: "true" or nothing. */}}
{{- define "audio-processor.routing.routed" -}}
{{- if and .Values.enabled (or .Values.routing.gateway.parentRefs .Values.routing.ingress.enabled) }}true{{ end -}}
{{- end -}}

{{/*
What is reached from outside, as a JSON list. Every route, URL and rule ranges over it and over nothing else.

  range $route := include "audio-processor.routing.routes" $ | fromJsonArray

A route has `component`, `path` (`/`, or `/audio` without slash at its end), `below` (what stands before a further
segment: `` or `/audio`), `strip` (whether the component sees its requests without the path), `service` and `port`.
*/}}
{{- define "audio-processor.routing.routes" -}}
{{- $api := .Values.routing.paths.api | trimSuffix "/" -}}
{{- $routes := list (dict
      "component" "api"
      "path" ($api | default "/")
      "below" $api
      "strip" (ne $api "")
      "service" (include "audio-processor.name" (list . "audio-processor-service"))
      "port" (int64 .Values.api.service.port)) -}}
{{- if .Values.routing.public.flower -}}
  {{- $flower := printf "/%s" (include "audio-processor.flower.prefix" .) -}}
  {{- $routes = append $routes (dict
        "component" "flower"
        "path" $flower
        "below" $flower
        "strip" false
        "service" (include "audio-processor.name" (list . "flower-service"))
        "port" (int64 .Values.flower.service.port)) -}}
{{- end -}}
{{- toJson $routes -}}
{{- end -}}

{{/* The path that a proxy strips before the API sees a request, or nothing. */}}
{{- define "audio-processor.routing.stripped" -}}
{{- if include "audio-processor.routing.routed" . -}}
{{- .Values.routing.paths.api | trimSuffix "/" -}}
{{- end -}}
{{- end -}}

{{/*
A path that no component has: what is not public is rewritten to it, and answers 404. Gateway API leaves open what a
rule without backend answers, and every controller here can rewrite.
*/}}
{{- define "audio-processor.routing.nowhere" -}}/not-public{{- end -}}

{{/*
URL of a component from outside, without slash at its end: https://ml-service.example.com/audio.

  include "audio-processor.routing.url" (dict "root" $ "below" $route.below)
*/}}
{{- define "audio-processor.routing.url" -}}
{{- $routing := .root.Values.routing -}}
{{- $tls := or (not $routing.ingress.enabled) (include "audio-processor.routing.tlsSecret" .root) -}}
{{- printf "%s://%s%s" ($routing.scheme | default (empty $tls | ternary "http" "https")) $routing.host .below -}}
{{- end -}}

{{/*
Gateways that an HTTPRoute is attached to. What the server would fill in is written out: an atomic list with its defaults
differs from one without.

  include "audio-processor.routing.parentRefs" (dict "root" $ "namespace" $.Release.Namespace)

`namespace` is that of a Gateway that names none, for a route in another namespace than the release.
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

{{/* Backend of a rule of the HTTPRoute. Takes the route. */}}
{{- define "audio-processor.routing.backend" -}}
backendRefs:
  - {group: "", kind: Service, name: {{ .service }}, port: {{ int64 .port }}, weight: 1}
{{- end -}}

{{/* What NOTES says about routes; nothing without one. */}}
{{- define "audio-processor.routing.notes" -}}
{{- if include "audio-processor.routing.routed" .root }}
From outside
{{- range $route := include "audio-processor.routing.routes" .root | fromJsonArray }}
  {{ include "audio-processor.routing.url" (dict "root" $.root "below" $route.below) }}{{ eq $route.component "api" | ternary "/docs" "/" }}
{{- end }}
{{- if .root.Values.routing.gateway.parentRefs }}
  the Gateway must admit the route: {{ .kubectl }} describe httproute {{ include "audio-processor.name" (list .root "ml-service-route") }}
{{- end }}
{{- if not .root.Values.routing.trustedProxies }}
  WARNING: routing.trustedProxies is empty, so the rate limit counts all clients together as one.
{{- end }}
{{- end }}
{{- end -}}
