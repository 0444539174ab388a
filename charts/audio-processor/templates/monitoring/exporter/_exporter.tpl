{{/*
`$.ctx.exporter`, empty without monitoring: the values of `monitoring.brokerExporter` without nulls, and `image`, `annotations` (of its pod) and
`containerEnv` (layers for audio-processor.env). From the Secret it gets the broker's password, or its URL, which
redis_exporter reads as the workers do: a password in it is percent-encoded, and `rediss://` is verified.

It measures named keys only, since a search would scan all results: every watched queue, and of each pool its unacked hash
and the dead-letter queues. kombu keeps tasks with a priority in separate lists, `<queue>\x06\x163` to `…9`; the exporter
reads its keys as parts of a URL.
*/}}
{{- define "audio-processor.context.exporter" -}}
{{- $exporter := dict -}}
{{- if .ctx.monitoring.exporter -}}
  {{- include "audio-processor.overlay" (list $exporter .Values.monitoring.brokerExporter) -}}
  {{- $image := dict -}}
  {{- include "audio-processor.image" (dict "into" $image "root" . "layers" (list $exporter.image)) -}}
  {{- $_ := set $exporter "image" $image -}}
  {{- $secrets := pick .ctx.application.checksums "checksum/secrets" -}}
  {{- $_ := set $exporter "annotations" (merge $secrets $exporter.podAnnotations) -}}
  {{- $queues := list -}}
  {{- range $queue, $entry := .Values.broker.watchedQueues -}}
    {{- if not (kindIs "invalid" $entry) -}}{{- $queues = append $queues $queue -}}{{- end -}}
  {{- end -}}
  {{- $held := list -}}
  {{- range $pool := .ctx.pools -}}
    {{- $queues = concat $queues $pool.queueNames -}}
    {{- $held = append $held (printf "unacked:%s" $pool.key) -}}
    {{- range $pool.queueNames -}}{{- $held = append $held (printf "dead:%s" .) -}}{{- end -}}
  {{- end -}}
  {{- $database := .ctx.broker.embedded | ternary 0 (int64 .Values.broker.external.database) -}}
  {{- $keys := list -}}
  {{- range $queue := $queues | uniq | sortAlpha -}}
    {{- range $priority := list "" "%06%163" "%06%166" "%06%169" -}}
      {{- $keys = append $keys (printf "db%d=%s%s" $database $queue $priority) -}}
    {{- end -}}
  {{- end -}}
  {{- range $held | uniq -}}{{- $keys = append $keys (printf "db%d=%s" $database .) -}}{{- end -}}
  {{- $env := dict
        "REDIS_EXPORTER_CHECK_SINGLE_KEYS" (join "," $keys)
        "REDIS_EXPORTER_CONNECTION_TIMEOUT" "5s"
        "REDIS_EXPORTER_LOG_FORMAT" "json" -}}
  {{- $address := .ctx.broker.embedded | ternary (printf "redis://%s:6379" .ctx.broker.host) $exporter.address -}}
  {{- if $address -}}
    {{- $_ := set $env "REDIS_ADDR" $address -}}
    {{- $_ := set $env "REDIS_PASSWORD" (dict "secret" .Values.secrets.name "key" "REDIS_PASSWORD") -}}
  {{- else -}}
    {{- $_ := set $env "REDIS_ADDR" (dict "secret" .Values.secrets.name "key" "CELERY_BROKER_URL") -}}
  {{- end -}}
  {{- if not .ctx.broker.embedded -}}
    {{- range $name, $path := .ctx.broker.tlsFiles -}}
      {{- $_ := set $env (printf "REDIS_EXPORTER_TLS_%s_FILE" $name) $path -}}
    {{- end -}}
  {{- end -}}
  {{- $_ := set $exporter "containerEnv" (list $env) -}}
{{- end -}}
{{- $_ := set .ctx "exporter" $exporter -}}
{{- end -}}
