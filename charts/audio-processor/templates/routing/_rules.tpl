{{/* Rules of the routes from outside. Those of trusted proxies: routing/_proxy-rules.tpl. */}}
{{- define "audio-processor.routing.rules" }}
{{- $routing := .Values.routing }}
{{- $gateways := $routing.gateway.parentRefs }}
{{- $ingress := $routing.ingress }}
{{- if and (or $gateways $ingress.enabled) (not $routing.host) }}
- routing.host: without a host the route would match every host of its Gateway or controller.
  Set the DNS name of the service, for example ml-service.example.com.
{{- end }}
{{- if and $routing.host (not $gateways) (not $ingress.enabled) }}
- routing.gateway.parentRefs: no Gateway and no Ingress routes {{ $routing.host }}.
  Set routing.gateway.parentRefs.<Gateway>.namespace, or routing.ingress.enabled: true, or routing.host: "".
{{- end }}
{{- $sections := dict }}
{{- range $key, $parent := $gateways }}
  {{- $name := printf "%s %s %s" (.kind | default "Gateway") (.namespace | default "") (.name | default $key) }}
  {{- $_ := set $sections $name (append (get $sections $name | default list) (.sectionName | default "")) }}
{{- end }}
{{- range $name, $listeners := $sections }}
  {{- if and (gt (len .) 1) (or (has "" .) (ne (len .) (uniq . | len))) }}
  - routing.gateway.parentRefs: several of them refer to the {{ $name | replace "  " " " }}. Gateway API accepts that only
    for different listeners. Set sectionName in each, or remove all but one.
  {{- end }}
{{- end }}
{{- if and (not $gateways) (or $routing.gateway.requestTimeout $routing.gateway.annotations) }}
- routing.gateway: without parentRefs there is no HTTPRoute for its requestTimeout and annotations.
  Set routing.gateway.parentRefs.<Gateway>.namespace, or remove them.
{{- end }}
{{- if gt (include "audio-processor.seconds" $routing.gateway.requestTimeout | int64) 86400 }}
- routing.gateway.requestTimeout: {{ $routing.gateway.requestTimeout }} is more than every Gateway accepts.
  Set at most 24h.
{{- end }}
{{- if and $routing.public.flower (not .Values.flower.enabled) }}
- routing.public.flower: Flower is off, so that its route has no backend.
  Set flower.enabled: true, or routing.public.flower: false.
{{- end }}
{{- if and $routing.public.flower (not (or $gateways $ingress.enabled)) }}
- routing.public.flower: there is no Gateway and no Ingress. Set routing.host and routing.gateway.parentRefs or
  routing.ingress.enabled, or routing.public.flower: false.
{{- end }}
{{- if and $ingress.enabled (eq $ingress.preset "plain") }}
  {{- if ne (trimSuffix "/" $routing.paths.api) "" }}
  - routing.paths.api: a plain Ingress cannot strip {{ $routing.paths.api }}, and the API answers 404 to such a path.
    Set routing.paths.api: /, or routing.gateway.parentRefs instead of the Ingress, or routing.ingress.preset: traefik or
    haproxy.
  {{- end }}
  {{- if not $routing.public.metrics }}
  - routing.public.metrics: a plain Ingress cannot hide /metrics. Set true if that is acceptable or the controller hides it,
    or routing.gateway.parentRefs instead of the Ingress, or routing.ingress.preset: traefik or haproxy.
  {{- end }}
{{- end }}
{{- /* Paths of the components. */}}
{{- range $component, $path := .Values.routing.paths }}
  {{- if eq . "" }}
  - routing.paths.{{ $component }}: the path is empty. Set / for the whole host, or a path such as /{{ $component }}.
  {{- else if and (ne . "/") (hasSuffix "/" .) }}
  - routing.paths.{{ $component }}: {{ . }} with a trailing slash would not match the path itself.
    Set {{ trimSuffix "/" . }}.
  {{- end }}
{{- end }}
{{- $api := .Values.routing.paths.api | trimSuffix "/" }}
{{- $flower := .Values.routing.paths.flower | trimSuffix "/" }}
{{- $below := or (hasPrefix (print $api "/") (print $flower "/")) (hasPrefix (print $flower "/") (print $api "/")) }}
{{- if eq .Values.routing.paths.flower "/" }}
- routing.paths.flower: Flower at / would receive the requests for the API. Set a path such as /flower.
{{- else if and $api $flower $below }}
- routing.paths: {{ $api }} and {{ $flower }} overlap, so that one component would receive requests for the other.
  Set paths of which neither is below the other.
{{- end }}
{{- /* TLS and annotations of the Ingress. */}}
{{- $ingress := .Values.routing.ingress }}
{{- $secret := $ingress.tls.secret }}
{{- $issuer := $ingress.tls.issuer.name }}
{{- if and $secret $issuer }}
- routing.ingress.tls: the Ingress can use only one of the Secret {{ $secret }} and a Certificate of the issuer {{ $issuer }}.
  Remove secret, or issuer.name.
{{- end }}
{{- if and (or $secret $issuer) (not $ingress.enabled) }}
- routing.ingress.tls: there is no Ingress that uses it; TLS of an HTTPRoute is configured in the listener of its Gateway.
  Set routing.ingress.enabled: true, or remove it.
{{- end }}
{{- if and (or $secret $issuer) (eq .Values.routing.scheme "http") }}
- routing.scheme: http contradicts routing.ingress.tls. Set https, or "" for the derived value.
{{- end }}
{{- range $key := list "cert-manager.io/issuer" "cert-manager.io/cluster-issuer" }}
  {{- if and $issuer (hasKey $ingress.annotations .) }}
  - routing.ingress.annotations.{{ . }}: cert-manager would make a second Certificate beside that of
    routing.ingress.tls.issuer. Remove one of the two; with the annotation set routing.ingress.tls.secret.
  {{- end }}
{{- end }}
{{- if and (eq $ingress.preset "haproxy") (hasKey $ingress.annotations "haproxy.org/path-rewrite") }}
- routing.ingress.annotations.haproxy.org/path-rewrite: the preset haproxy sets it.
  Remove it, or set routing.ingress.preset: plain.
{{- end }}
{{- end }}
