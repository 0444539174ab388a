{{/* Rules about alerts, as a JSON list of problems. */}}
{{- define "audio-processor.rules.alerts" -}}
{{- $problems := list -}}
{{- $interval := .Values.global.monitoring.scrapeInterval -}}
{{- range $at, $time := dict "global.monitoring.scrapeInterval" $interval "prometheus.evaluationInterval" .Values.prometheus.evaluationInterval -}}
  {{- $seconds := include "audio-processor.seconds" $time | int64 -}}
  {{- if or (lt $seconds 1) (gt $seconds 60) -}}
    {{- $problems = append $problems (printf "%s: alerts look at no sample that is older than a minute or two, so with %s they would see faults where none are, and miss others. Set 1s to 1m." $at $time) -}}
  {{- end -}}
{{- end -}}
{{- $shortest := include "audio-processor.seconds" $interval | int64 | mul 4 -}}
{{- range $name, $alert := .Values.monitoring.alerts -}}
  {{- if and (hasKey $alert "window") (lt (include "audio-processor.seconds" $alert.window | int64) $shortest) -}}
    {{- $problems = append $problems (printf "monitoring.alerts.%s.window: %s holds fewer than four scrapes of %s, so one that is lost would silence the alert. Set at least %ds." $name $alert.window $interval $shortest) -}}
  {{- end -}}
{{- end -}}
{{- $times := dict "monitoring.alerts.SlowProcessing.threshold" .Values.monitoring.alerts.SlowProcessing.threshold -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- with $pool.slowAfter -}}
    {{- $_ := set $times (printf "workers.pools.%s.slowAfter" $pool.key) . -}}
  {{- end -}}
{{- end -}}
{{- range $at, $time := $times -}}
  {{- $seconds := include "audio-processor.seconds" $time | int64 -}}
  {{- if lt $seconds 1 -}}
    {{- $problems = append $problems (printf "%s: with %s every task would count as slow. Set at least 1s." $at $time) -}}
  {{- else if ge $seconds 7200 -}}
    {{- $problems = append $problems (printf "%s: times of tasks are counted up to 2h, so no task would ever be above %s. Set less than 2h." $at $time) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
