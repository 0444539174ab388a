{{/* Rules about routes from outside, as a JSON list of problems. */}}
{{- define "audio-processor.rules.routing" -}}
{{- $problems := list -}}
{{- $routing := .Values.routing -}}
{{- $gateway := $routing.gateway.parentRefs -}}
{{- $ingress := $routing.ingress.enabled -}}
{{- if and (or $gateway $ingress) (not $routing.host) -}}
  {{- $problems = append $problems "routing.host: without it the route would take the requests for every host of its Gateway or controller. Set the DNS name of the service, as ml-service.example.com." -}}
{{- end -}}
{{- if and $routing.host (not $gateway) (not $ingress) -}}
  {{- $problems = append $problems (printf "routing.gateway.parentRefs: an HTTPRoute for %s without a parent is attached to nothing. Set routing.gateway.parentRefs.<Gateway>.namespace, or routing.ingress.enabled: true, or routing.host: \"\"." $routing.host) -}}
{{- end -}}
{{- $attached := dict -}}
{{- range $key, $parent := $gateway -}}
  {{- $whole := printf "%s/%s/%s" ($parent.kind | default "Gateway") ($parent.namespace | default "") ($parent.name | default $key) -}}
  {{- $attached = set $attached $whole (append (get $attached $whole | default list) ($parent.sectionName | default "")) -}}
{{- end -}}
{{- range $whole, $sections := $attached -}}
  {{- if and (gt (len $sections) 1) (or (has "" $sections) (ne (len $sections) (uniq $sections | len))) -}}
    {{- $problems = append $problems (printf "routing.gateway.parentRefs: several of them mean the %s, and Gateway API refuses that unless each names another listener. Set sectionName in each, or remove all but one." (splitList "/" $whole | compact | join " ")) -}}
  {{- end -}}
{{- end -}}
{{- if and (not $gateway) (or $routing.gateway.requestTimeout $routing.gateway.annotations) -}}
  {{- $problems = append $problems "routing.gateway: without parentRefs there is no HTTPRoute that its requestTimeout or annotations could change. Set routing.gateway.parentRefs.<Gateway>.namespace, or remove them." -}}
{{- end -}}
{{- if gt (include "audio-processor.seconds" $routing.gateway.requestTimeout | int64) 86400 -}}
  {{- $problems = append $problems (printf "routing.gateway.requestTimeout: %s is more than Gateway API can write in seconds for every Gateway. Set at most 24h." $routing.gateway.requestTimeout) -}}
{{- end -}}
{{- if $routing.public.flower -}}
  {{- if not .Values.flower.enabled -}}
    {{- $problems = append $problems "routing.public.flower: Flower is off, so its route would lead nowhere. Set flower.enabled: true, or routing.public.flower: false." -}}
  {{- end -}}
  {{- if not (or $gateway $ingress) -}}
    {{- $problems = append $problems "routing.public.flower: there is no route from outside at all. Set routing.host and routing.gateway.parentRefs or routing.ingress.enabled, or routing.public.flower: false." -}}
  {{- end -}}
{{- end -}}
{{- if and $ingress (eq $routing.ingress.preset "plain") -}}
  {{- if ne (trimSuffix "/" $routing.paths.api) "" -}}
    {{- $problems = append $problems (printf "routing.paths.api: a plain Ingress hands %s on to the API, which answers 404 below it. Set routing.paths.api: / on a host of its own, or routing.gateway.parentRefs instead of the Ingress, or routing.ingress.preset: traefik or haproxy." $routing.paths.api) -}}
  {{- end -}}
  {{- if not $routing.public.metrics -}}
    {{- $problems = append $problems "routing.public.metrics: a plain Ingress cannot keep /metrics from the outside. Set it to true where that is acceptable or the controller keeps it, or routing.gateway.parentRefs instead of the Ingress, or routing.ingress.preset: traefik or haproxy." -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about the paths of the components, as a JSON list of problems. */}}
{{- define "audio-processor.rules.routing.paths" -}}
{{- $problems := list -}}
{{- range $component, $path := .Values.routing.paths -}}
  {{- if eq $path "" -}}
    {{- $problems = append $problems (printf "routing.paths.%s: an empty path is none. Set / for the whole host, or a path as /%s." $component $component) -}}
  {{- else if and (ne $path "/") (hasSuffix "/" $path) -}}
    {{- $problems = append $problems (printf "routing.paths.%s: %s with a slash at its end would not match the path itself. Set %s." $component $path (trimSuffix "/" $path)) -}}
  {{- end -}}
{{- end -}}
{{- $api := .Values.routing.paths.api | trimSuffix "/" -}}
{{- $flower := .Values.routing.paths.flower | trimSuffix "/" -}}
{{- if eq .Values.routing.paths.flower "/" -}}
  {{- $problems = append $problems "routing.paths.flower: Flower at / would take what belongs to the API. Set a path as /flower." -}}
{{- else if and $api $flower (or (hasPrefix (printf "%s/" $api) (printf "%s/" $flower)) (hasPrefix (printf "%s/" $flower) (printf "%s/" $api))) -}}
  {{- $problems = append $problems (printf "routing.paths: %s and %s overlap, so that one component would take requests of the other. Set paths of which none lies below the other." $api $flower) -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about TLS and the annotations of the Ingress, as a JSON list of problems. */}}
{{- define "audio-processor.rules.routing.tls" -}}
{{- $problems := list -}}
{{- $routing := .Values.routing -}}
{{- $ingress := $routing.ingress -}}
{{- $certificate := $ingress.tls.issuer.name -}}
{{- if and $ingress.tls.secret $certificate -}}
  {{- $problems = append $problems (printf "routing.ingress.tls: both the Secret %s and a Certificate of the issuer %s are asked for, and only one can serve. Remove secret, or issuer.name." $ingress.tls.secret $certificate) -}}
{{- end -}}
{{- if or $ingress.tls.secret $certificate -}}
  {{- if not $ingress.enabled -}}
    {{- $problems = append $problems "routing.ingress.tls: without an Ingress nothing uses it; TLS of an HTTPRoute belongs to the listener of its Gateway. Set routing.ingress.enabled: true, or remove it." -}}
  {{- end -}}
  {{- if eq $routing.scheme "http" -}}
    {{- $problems = append $problems "routing.scheme: http contradicts routing.ingress.tls. Set https or \"\"." -}}
  {{- end -}}
{{- end -}}
{{- range $key := list "cert-manager.io/issuer" "cert-manager.io/cluster-issuer" -}}
  {{- if and $certificate (hasKey $ingress.annotations $key) -}}
    {{- $problems = append $problems (printf "routing.ingress.annotations.%s: cert-manager would make a second Certificate beside that of routing.ingress.tls.issuer. Remove one of the two; the annotation needs routing.ingress.tls.secret." $key) -}}
  {{- end -}}
{{- end -}}
{{- if and (eq $ingress.preset "haproxy") (hasKey $ingress.annotations "haproxy.org/path-rewrite") -}}
  {{- $problems = append $problems "routing.ingress.annotations.haproxy.org/path-rewrite: the preset haproxy writes it. Remove it, or set routing.ingress.preset: plain." -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
