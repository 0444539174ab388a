{{/* Whether the exporter of the broker runs: "true" or nothing. */}}
{{- define "audio-processor.brokerExporter.enabled" -}}
{{- if and (include "audio-processor.monitoring.mode" .) .Values.monitoring.brokerExporter.enabled }}true{{ end -}}
{{- end -}}

{{/* Every queue whose length is watched, as a JSON list: `broker.watchedQueues` and those of all pools. */}}
{{- define "audio-processor.broker.queues" -}}
{{- $queues := list -}}
{{- range $queue, $entry := .Values.broker.watchedQueues -}}
  {{- if ne (toJson $entry) "null" -}}{{- $queues = append $queues $queue -}}{{- end -}}
{{- end -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $queues = concat $queues $pool.queueNames -}}
{{- end -}}
{{- $queues | uniq | sortAlpha | toJson -}}
{{- end -}}

{{/*
Keys that the exporter measures, with their database: every watched queue, and of each pool what it holds and what it
gave up. No key is searched for: that would walk through all results. kombu keeps tasks with a priority in lists of
their own, `<queue>\x06\x163` to `…9`; the exporter reads its keys as parts of a URL.
*/}}
{{- define "audio-processor.brokerExporter.keys" -}}
{{- $database := eq .Values.broker.mode "external" | ternary (int64 .Values.broker.external.database) 0 -}}
{{- $keys := list -}}
{{- range $queue := include "audio-processor.broker.queues" . | fromJsonArray -}}
  {{- $keys = append $keys $queue -}}
  {{- range $step := list 3 6 9 -}}{{- $keys = append $keys (printf "%s%%06%%16%d" $queue $step) -}}{{- end -}}
{{- end -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $keys = append $keys (printf "unacked:%s" $pool.key) -}}
  {{- range $queue := $pool.queueNames -}}{{- $keys = append $keys (printf "dead:%s" $queue) -}}{{- end -}}
{{- end -}}
{{- $found := list -}}
{{- range $key := $keys | uniq -}}{{- $found = append $found (printf "db%d=%s" $database $key) -}}{{- end -}}
{{- join "," $found -}}
{{- end -}}

{{/*
Environment of the exporter. Of the Secret it gets the broker's password, or its URL, which redis_exporter reads as the
workers do: a password in it is percent-encoded, and `rediss://` is verified.
*/}}
{{- define "audio-processor.brokerExporter.env" -}}
{{- $secret := .Values.secrets.name -}}
{{- $password := dict "REDIS_PASSWORD" (dict "secret" $secret "key" "REDIS_PASSWORD") -}}
{{- $env := dict
      "REDIS_EXPORTER_CHECK_SINGLE_KEYS" (include "audio-processor.brokerExporter.keys" .)
      "REDIS_EXPORTER_CONNECTION_TIMEOUT" "5s"
      "REDIS_EXPORTER_LOG_FORMAT" "json" -}}
{{- if eq .Values.broker.mode "embedded" -}}
  {{- $host := include "audio-processor.name" (list . "redis-service") -}}
  {{- $env = merge $env $password (dict "REDIS_ADDR" (printf "redis://%s:6379" $host)) -}}
{{- else -}}
  {{- with .Values.monitoring.brokerExporter.address -}}
    {{- $env = merge $env $password (dict "REDIS_ADDR" .) -}}
  {{- else -}}
    {{- $_ := set $env "REDIS_ADDR" (dict "secret" $secret "key" "CELERY_BROKER_URL") -}}
  {{- end -}}
  {{- $broker := .ctx.broker.env -}}
  {{- range $name, $from := dict "CA_CERT" "CA" "CLIENT_CERT" "CERTIFICATE" "CLIENT_KEY" "KEY" -}}
    {{- with get $broker (printf "AUDIO_PROCESSOR_BROKER_%s" $from) -}}
      {{- $_ := set $env (printf "REDIS_EXPORTER_TLS_%s_FILE" $name) . -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- include "audio-processor.env" (list $env) -}}
{{- end -}}
