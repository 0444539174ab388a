{{/* Rules about alerts, as a JSON list of problems. */}}
{{- define "audio-processor.rules.alerts" -}}
{{- $problems := list -}}
{{- range $name, $alert := .Values.monitoring.alerts -}}
  {{- if and (hasKey $alert "window") (lt (include "audio-processor.seconds" $alert.window | int64) 60) -}}
    {{- $problems = append $problems (printf "monitoring.alerts.%s.window: %s holds fewer than four scrapes of 15s, so one that is lost would silence the alert. Set at least 1m." $name $alert.window) -}}
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
  {{- else if gt $seconds 7200 -}}
    {{- $problems = append $problems (printf "%s: times of tasks are counted up to 2h, so no task would ever be above %s. Set less." $at $time) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
