{{/* Whether the release has a broker of its own: "true" or nothing. */}}
{{- define "audio-processor.broker.embedded" -}}
{{- if and .Values.enabled (eq .Values.broker.mode "embedded") }}true{{ end -}}
{{- end -}}

{{/* The broker's image, see audio-processor.image. Takes the broker's values. */}}
{{- define "audio-processor.broker.image" -}}
{{- include "audio-processor.image" (dict "layers" (list .image)) -}}
{{- end -}}

{{/*
valkey.conf. The password is no part of it: it comes from the Secret on standard input.
Takes the broker's values.
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

{{/* A probe that asks the broker for PING; `-e` turns an error answer (LOADING, NOAUTH) into a failure. */}}
{{- define "audio-processor.broker.probes" -}}
{{- range $name := list "startup" "readiness" "liveness" }}
{{ $name }}Probe:
  exec:
    command: [valkey-cli, -h, 127.0.0.1, -e, ping]
  {{- include "audio-processor.probeTimings" (get $ $name) | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
Environment of every process that talks to the broker, as JSON for `audio-processor.env`: where it is, and the Celery
module that keeps its visibility timeout from taking running tasks away.

  include "audio-processor.env.broker" (dict "root" $ "visibilityTimeout" 5400) | fromJson
*/}}
{{- define "audio-processor.env.broker" -}}
{{- $secret := .root.Values.secrets.name -}}
{{- $env := dict
      "CELERY_CONFIG_MODULE" "audio_processor_celery"
      "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT" (toString .visibilityTimeout)
-}}
{{- if eq .root.Values.broker.mode "embedded" -}}
  {{- $host := include "audio-processor.name" (dict "root" .root "base" "redis-service") -}}
  {{- $url := printf "redis://:$(REDIS_PASSWORD)@%s:6379/0" $host -}}
  {{- $env = merge $env (dict
        "REDIS_PASSWORD" (dict "secret" $secret "key" "REDIS_PASSWORD")
        "CELERY_BROKER_URL" $url
        "CELERY_RESULT_BACKEND" $url) -}}
{{- else -}}
  {{- range $key := list "CELERY_BROKER_URL" "CELERY_RESULT_BACKEND" -}}
    {{- $_ := set $env $key (dict "secret" $secret "key" $key) -}}
  {{- end -}}
  {{- $env = merge $env (include "audio-processor.env.externalBroker" .root.Values.broker.external | fromJson) -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}
