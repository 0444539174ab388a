{{/* Rules of the broker. */}}
{{- define "audio-processor.broker.rules" }}
{{- with .Values.broker }}
  {{- $embedded := $.ctx.broker.embedded }}
  {{- if and .persistence.existingClaim (not (and $embedded .persistence.enabled)) }}
  - broker.persistence.existingClaim: no pod mounts the claim {{ .persistence.existingClaim }}.
    Set broker.mode: embedded and broker.persistence.enabled: true, or remove it.
  {{- end }}
  {{- if and $embedded (lt (include "audio-processor.bytes" .resources.limits.memory | int64) 67108864) }}
  - broker.resources.limits.memory: the broker's maxmemory is a share of it, and needs at least 64Mi.
    Set at least 64Mi.
  {{- end }}
  {{- $certificates := dict
        "tls.ca.secret" .external.tls.ca.secret
        "tls.clientCertificate.secret" .external.tls.clientCertificate.secret }}
  {{- $external := dict
        "address" .external.address
        "database" .external.database
        "tls.enabled" .external.tls.enabled
        "sentinel.masterName" .external.sentinel.masterName }}
  {{- range $key, $value := merge $external $certificates }}
    {{- if and $embedded $value }}
    - broker.external.{{ $key }}: the embedded broker does not use it. Set broker.mode: external, or remove it.
    {{- end }}
  {{- end }}
  {{- range $key, $secret := $certificates }}
    {{- if and $secret (not $embedded) (not $.Values.broker.external.tls.enabled) }}
    - broker.external.{{ $key }}: without TLS the certificate in the Secret {{ $secret }} is not used.
      Set broker.external.tls.enabled: true, or remove it.
    {{- end }}
  {{- end }}
  {{- if and .external.sentinel.login (not $embedded) (not .external.sentinel.masterName) }}
  - broker.external.sentinel.login: without the name of a master no Sentinel is used.
    Set broker.external.sentinel.masterName, or remove it.
  {{- end }}
{{- end }}
{{- end }}
