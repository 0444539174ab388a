{{/* Rules of alerts, scrape intervals and the histogram of task durations. */}}
{{- define "audio-processor.monitoring.alerts.rules" -}}
{{- $interval := .Values.global.monitoring.scrapeInterval -}}
{{- range $path, $value := dict "global.monitoring.scrapeInterval" $interval "prometheus.evaluationInterval" .Values.prometheus.evaluationInterval }}
{{- $seconds := include "audio-processor.seconds" $value | int64 }}
{{- if or (lt $seconds 1) (gt $seconds 60) }}
- {{ $path }}: at {{ $value }} the range of an alert, a minute or two, can contain no sample, so that it fires without a fault
  or misses one. Set 1s to 1m.
{{- end }}
{{- end }}
{{- $minimum := include "audio-processor.seconds" $interval | mul 4 }}
{{- range $name, $alert := .Values.monitoring.alerts }}
{{- if and (hasKey $alert "window") (lt (include "audio-processor.seconds" $alert.window | int64) $minimum) }}
- monitoring.alerts.{{ $name }}.window: {{ $alert.window }} contains fewer than four scrapes at an interval of {{ $interval }}, so
  that one failed scrape could silence the alert. Set at least {{ $minimum }}s.
{{- end }}
{{- end }}
{{- /* The histogram of task durations, and the thresholds that are compared with it. */}}
{{- $bounds := .Values.monitoring.taskDurationBuckets -}}
{{- $seconds := .ctx.application.taskDurationBuckets -}}
{{- range $index, $bound := $bounds }}
{{- if and $index (le (index $seconds $index | int64) (index $seconds (sub $index 1 | int) | int64)) }}
- monitoring.taskDurationBuckets: {{ $bound }} after {{ index $bounds (sub $index 1 | int) }} is not ascending, so that no worker
  would start. Sort the list.
{{- end }}
{{- end }}
{{- if lt (len $bounds) 2 }}
- monitoring.taskDurationBuckets: a histogram needs at least two bounds. Set for example [1m, 5m, 1h].
{{- end }}
{{- $thresholds := dict }}
{{- range $name, $alert := .Values.monitoring.alerts }}
{{- if kindIs "string" $alert.threshold }}
{{- $_ := set $thresholds (printf "monitoring.alerts.%s.threshold" $name) $alert.threshold }}
{{- end }}
{{- end }}
{{- range $pool := .ctx.pools }}
{{- with $pool.slowAfter }}
{{- $_ := set $thresholds (printf "workers.pools.%s.slowAfter" $pool.key) . }}
{{- end }}
{{- end }}
{{- range $path, $threshold := ge (len $bounds) 2 | ternary $thresholds dict }}
{{- if not (has (include "audio-processor.seconds" $threshold) (initial $seconds)) }}
- {{ $path }}: {{ $threshold }} must be a boundary of the histogram buckets, except the last. Set one of
  {{ initial $bounds | join ", " }}, or add it to monitoring.taskDurationBuckets.
{{- end }}
{{- end }}
{{- end -}}
