{{/* What the Celery module must know of an external broker, as JSON. Takes `broker.external`. */}}
{{- define "audio-processor.env.externalBroker" -}}
{{- $env := dict -}}
{{- $folder := "/etc/audio-processor-broker" -}}
{{- with .tls -}}
  {{- if .enabled -}}
    {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_TLS" "true" -}}
    {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_CHECK_HOSTNAME" (toString .checkHostname) -}}
  {{- end -}}
  {{- if .ca.secret -}}
    {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_CA" (printf "%s/ca.crt" $folder) -}}
  {{- end -}}
  {{- if .clientCertificate.secret -}}
    {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_CERTIFICATE" (printf "%s/tls.crt" $folder) -}}
    {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_KEY" (printf "%s/tls.key" $folder) -}}
  {{- end -}}
{{- end -}}
{{- with .sentinel.masterName -}}
  {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_MASTER" . -}}
{{- end -}}
{{- if .sentinel.login -}}
  {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_SENTINEL_LOGIN" "true" -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}

{{/* Volume of the certificates for an external broker, or nothing. Takes `broker.external.tls`. */}}
{{- define "audio-processor.externalBroker.volume" -}}
{{- $ca := .ca -}}
{{- if or $ca.secret .clientCertificate.secret -}}
- name: broker-tls
  projected:
    sources:
      {{- with $ca.secret }}
      - secret:
          name: {{ . | quote }}
          items:
            - {key: {{ $ca.key | quote }}, path: ca.crt}
      {{- end }}
      {{- with .clientCertificate.secret }}
      - secret:
          name: {{ . | quote }}
          items:
            - {key: tls.crt, path: tls.crt}
            - {key: tls.key, path: tls.key}
      {{- end }}
{{- end -}}
{{- end -}}
