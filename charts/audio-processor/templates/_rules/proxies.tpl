{{/* Rules about trusted proxies, as a JSON list of problems. */}}
{{- define "audio-processor.rules.proxies" -}}
{{- $problems := list -}}
{{- range $network, $_ := .Values.routing.trustedProxies -}}
  {{- $at := printf "routing.trustedProxies.%s" $network -}}
  {{- $parts := splitList "/" $network -}}
  {{- $length := last $parts | atoi -}}
  {{- if or (eq $network "*") (and (eq (len $parts) 2) (eq $length 0)) -}}
    {{- $problems = append $problems (printf "%s: where everybody is trusted, the API takes the client's address from the client, who gets around the rate limit by a new one in each request. Set the network of the Gateway or the controller." $at) -}}
  {{- else if regexMatch "^[0-9.]+(/|$)" $network -}}
    {{- if ne (include "audio-processor.ipv4Network" $network) "true" -}}
      {{- $problems = append $problems (printf "%s: this is no IPv4 network or address, and the API would trust nobody by it. Set one whose bits behind the prefix length are 0, as 10.244.0.0/16." $at) -}}
    {{- end -}}
  {{- else if and (eq (len $parts) 2) (gt $length 128) -}}
    {{- $problems = append $problems (printf "%s: this is no IPv6 network, and the API would trust nobody by it. Set a prefix length of at most 128." $at) -}}
  {{- end -}}
{{- end -}}
{{- range $at, $env := dict "app.env" .Values.app.env "api.env" .Values.api.env -}}
  {{- if and $.Values.routing.trustedProxies (hasKey $env "FORWARDED_ALLOW_IPS") -}}
    {{- $problems = append $problems (printf "%s.FORWARDED_ALLOW_IPS: routing.trustedProxies sets it. Remove one of the two." $at) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* "true" for an IPv4 address, or a network whose host bits are 0. */}}
{{- define "audio-processor.ipv4Network" -}}
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
