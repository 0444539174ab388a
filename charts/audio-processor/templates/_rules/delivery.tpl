{{/* Rules about delivery, as a JSON list of problems. */}}
{{- define "audio-processor.rules.delivery" -}}
{{- $problems := list -}}
{{- if eq .Values.delivery.mode "lease" -}}
  {{- $seconds := include "audio-processor.seconds" .Values.delivery.redeliverAfter | int64 -}}
  {{- if or (lt $seconds 60) (gt $seconds 604800) -}}
    {{- $problems = append $problems (printf "delivery.redeliverAfter: %s is outside of 1m to 168h. Shorter, and a restart of the broker would run tasks twice; workers renew every 10 s. Set at least 1m." .Values.delivery.redeliverAfter) -}}
  {{- end -}}
  {{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
    {{- if regexMatch "(^| )(-P|--pool)[ =]?(eventlet|gevent|solo|threads|processes)( |$)" (join " " ($pool.command | default list)) -}}
      {{- $problems = append $problems (printf "workers.pools.%s.command: the lease and Celery's time limits know the prefork pool only, so tasks would be run twice. Remove the option, or set delivery.mode: timeout." $pool.key) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
