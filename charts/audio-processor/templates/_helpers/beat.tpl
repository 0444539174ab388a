{{/* Whether beat runs: "true" or nothing. */}}
{{- define "audio-processor.beat.enabled" -}}
{{- if and .Values.enabled .Values.beat.enabled }}true{{ end -}}
{{- end -}}

{{/*
Command of beat, in exec form. It wakes every minute at least, so that the age of its heartbeat shows whether it lives
whatever the application's periods are. A pidfile left by a dead container would keep the next one from starting.

  include "audio-processor.beat.command" (dict "root" $ "beat" $beat)
*/}}
{{- define "audio-processor.beat.command" -}}
{{- $command := list
      "celery" "-A" .root.Values.app.celeryApp "beat"
      "--schedule" "/work/celerybeat-schedule" "--pidfile="
      "--max-interval=60"
      (printf "--loglevel=%s" .beat.logLevel) -}}
{{- toYaml (.beat.command | default $command) -}}
{{- end -}}

{{/*
Environment of beat.

  include "audio-processor.beat.env" (dict "root" $ "beat" $beat)
*/}}
{{- define "audio-processor.beat.env" -}}
{{- $own := include "audio-processor.env.application"
      (dict "root" .root "visibilityTimeout" (include "audio-processor.largestVisibilityTimeout" .root) "gpu" false) | fromJson -}}
{{- $_ := set $own "AUDIO_PROCESSOR_HEALTH_DIR" "/health" -}}
{{- include "audio-processor.env" (list $own .root.Values.app.env .beat.env) -}}
{{- end -}}

{{/*
Probes of beat: the file that the Celery module makes when the schedule is read, and the age of the one that it touches at
each turn of beat's loop. Takes beat's probes.
*/}}
{{- define "audio-processor.beat.probes" -}}
{{- range $name := list "startup" "readiness" }}
{{ $name }}Probe:
  exec:
    command: [test, -f, /health/ready]
  {{- include "audio-processor.probeTimings" (get $ $name) | nindent 2 }}
{{- end }}
livenessProbe:
  exec:
    command:
      - sh
      - -c
      - test $(($(date +%s) - $(stat -c %Y /health/heartbeat))) -lt {{ include "audio-processor.seconds" .liveness.maxAge }}
  {{- include "audio-processor.probeTimings" .liveness | nindent 2 }}
{{- end -}}

{{/* What NOTES has to say where nothing would consume what beat sends; nothing otherwise. */}}
{{- define "audio-processor.beat.warning" -}}
{{- $queues := list -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $queues = concat $queues $pool.queueNames -}}
{{- end -}}
{{- if and (include "audio-processor.beat.enabled" .) (not (has "system_queue" $queues)) -}}
beat sends to system_queue once a minute and no pool consumes it: its messages pile up. Add workers.pools.<pool>.queues.system_queue: {}, or set beat.enabled: false.
{{- end -}}
{{- end -}}
