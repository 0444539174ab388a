{{/*
`$.ctx.broker`: `embedded` (the release contains its broker), `image`, `claim` (name of its PersistentVolumeClaim),
`host` (name of its Service), `env` (environment of every process that connects to the broker), `tlsFiles` (paths of an
external broker's certificates: `CA_CERT`, `CLIENT_CERT`, `CLIENT_KEY`) and `tlsVolume` (their volume as YAML text, or nothing).
*/}}
{{- define "audio-processor.context.broker" -}}
{{- $secret := .Values.secrets.name -}}
{{- $broker := dict "embedded" (eq .Values.broker.mode "embedded") "host" (include "audio-processor.name" (list . "redis-service")) -}}
{{- $image := dict -}}
{{- include "audio-processor.image" (dict "into" $image "root" . "layers" (list .Values.broker.image)) -}}
{{- $_ := set $broker "image" $image -}}
{{- $_ := set $broker "claim" (.Values.broker.persistence.existingClaim | default (include "audio-processor.name" (list . "redis-data"))) -}}
{{- $env := dict "CELERY_CONFIG_MODULE" "audio_processor_celery" -}}
{{- $tlsFiles := dict -}}
{{- if $broker.embedded -}}
  {{- $url := printf "redis://:$(REDIS_PASSWORD)@%s:6379/0" $broker.host -}}
  {{- $_ := set $env "REDIS_PASSWORD" (dict "secret" $secret "key" "REDIS_PASSWORD") -}}
  {{- $_ := set $env "CELERY_BROKER_URL" $url -}}
  {{- $_ := set $env "CELERY_RESULT_BACKEND" $url -}}
{{- else -}}
  {{- $_ := set $env "CELERY_BROKER_URL" (dict "secret" $secret "key" "CELERY_BROKER_URL") -}}
  {{- $_ := set $env "CELERY_RESULT_BACKEND" (dict "secret" $secret "key" "CELERY_RESULT_BACKEND") -}}
  {{- with .Values.broker.external -}}
    {{- if .tls.enabled -}}
      {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_TLS" "true" -}}
      {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_CHECK_HOSTNAME" (toString .tls.checkHostname) -}}
    {{- end -}}
    {{- if .tls.ca.secret -}}
      {{- $_ := set $tlsFiles "CA_CERT" "/etc/audio-processor-broker/ca.crt" -}}
      {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_CA" $tlsFiles.CA_CERT -}}
    {{- end -}}
    {{- if .tls.clientCertificate.secret -}}
      {{- $_ := set $tlsFiles "CLIENT_CERT" "/etc/audio-processor-broker/tls.crt" -}}
      {{- $_ := set $tlsFiles "CLIENT_KEY" "/etc/audio-processor-broker/tls.key" -}}
      {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_CERTIFICATE" $tlsFiles.CLIENT_CERT -}}
      {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_KEY" $tlsFiles.CLIENT_KEY -}}
    {{- end -}}
    {{- with .sentinel.masterName -}}
      {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_MASTER" . -}}
    {{- end -}}
    {{- if .sentinel.login -}}
      {{- $_ := set $env "AUDIO_PROCESSOR_BROKER_SENTINEL_LOGIN" "true" -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- $_ := set $broker "env" $env -}}
{{- $_ := set $broker "tlsFiles" $tlsFiles -}}
{{- $_ := set $broker "tlsVolume" (include "audio-processor.broker.tlsVolume" .Values.broker.external.tls) -}}
{{- $_ := set .ctx "broker" $broker -}}
{{- end -}}

{{/* Volume of the certificates for an external broker, or nothing. Takes `broker.external.tls`. */}}
{{- define "audio-processor.broker.tlsVolume" -}}
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

{{/*
valkey.conf. The password is no part of it: it comes from the Secret on standard input. Takes the broker's values.
*/}}
{{- define "audio-processor.broker.config" -}}
{{- $limit := include "audio-processor.bytes" .resources.limits.memory | int64 -}}
bind * -::*
port 6379
dir /data
# At most a second of messages is lost with the node, nothing with the pod.
appendonly yes
appendfsync everysec
save ""
# Queues have no expiry: an eviction would lose tasks, so a full broker refuses new ones.
maxmemory {{ div (mul $limit (int64 .maxmemoryPercent)) 100 }}
maxmemory-policy noeviction
tcp-keepalive 60
{{- end -}}
