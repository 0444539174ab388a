{{/* Rules of Flower: variables that the chart sets. */}}
{{- define "audio-processor.flower.rules" }}
{{- $reserved := dict
      "FLOWER_URL_PREFIX" "probes and routes use the chart's prefix. Remove it"
      "FLOWER_PORT" "probes and Service use 5555. Set flower.service.port instead"
      "FLOWER_MAX_TASKS" "the chart sets it. Set flower.maxTasks instead"
      "FLOWER_PURGE_OFFLINE_WORKERS" "the chart sets it. Set flower.forgetWorkersAfter instead"
      "FLOWER_UNAUTHENTICATED_API" "without authentication anybody can shut workers down. Remove it" }}
{{- range $name, $why := $reserved }}
  {{- if and $.ctx.flower.enabled (hasKey $.ctx.flower.env $name) }}
  - flower.env.{{ $name }}: {{ $why }}.
  {{- end }}
{{- end }}
{{- end }}
