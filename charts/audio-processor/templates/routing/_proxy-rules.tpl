{{/* Rules of trusted proxies. */}}
{{- define "audio-processor.routing.proxies.rules" }}
{{- range $network, $_ := .Values.routing.trustedProxies }}
  {{- $parts := splitList "/" $network }}
  {{- $length := len $parts | eq 2 | ternary (last $parts) "128" | atoi }}
  {{- if or (eq $network "*") (eq $length 0) }}
  - routing.trustedProxies.{{ $network }}: it trusts everybody, so that clients can choose the address that the rate limit
    counts by. Set the network of the Gateway or of the controller.
  {{- else if regexMatch "^[0-9.]+(/|$)" $network }}
    {{- if ne (include "audio-processor.routing.ipv4Network" $network) "true" }}
    - routing.trustedProxies.{{ $network }}: it is neither an IPv4 address nor a network, so that nobody would be trusted.
      Set a network whose bits after the prefix length are 0, for example 10.244.0.0/16.
    {{- end }}
  {{- else if gt $length 128 }}
  - routing.trustedProxies.{{ $network }}: it is no IPv6 network, so that nobody would be trusted.
    Set a prefix length of at most 128.
  {{- end }}
{{- end }}
{{- range $at, $env := dict "app.env" .Values.app.env "api.env" .Values.api.env }}
  {{- if and $.Values.routing.trustedProxies (hasKey $env "FORWARDED_ALLOW_IPS") }}
  - {{ $at }}.FORWARDED_ALLOW_IPS: routing.trustedProxies sets it. Remove one of the two.
  {{- end }}
{{- end }}
{{- end }}

{{/* "true" for an IPv4 address, or an IPv4 network whose host bits are 0. */}}
{{- define "audio-processor.routing.ipv4Network" -}}
{{- $parts := splitList "/" . -}}
{{- $octets := splitList "." (first $parts) -}}
{{- $length := eq (len $parts) 2 | ternary (last $parts) "32" | atoi -}}
{{- $address := 0 -}}
{{- $valid := and (eq (len $octets) 4) (le $length 32) -}}
{{- range $octet := $octets -}}
  {{- if not (regexMatch "^(0|[1-9][0-9]{0,2})$" $octet) -}}{{- $valid = false -}}{{- end -}}
  {{- if gt (atoi $octet) 255 -}}{{- $valid = false -}}{{- end -}}
  {{- $address = add (mul $address 256) (atoi $octet) -}}
{{- end -}}
{{- if $valid -}}
  {{- $size := 1 -}}
  {{- range until (sub 32 $length | int) -}}{{- $size = mul $size 2 -}}{{- end -}}
  {{- if eq (mod $address $size) 0 -}}true{{- end -}}
{{- end -}}
{{- end -}}
