{{/*
Command of a pool's worker, in exec form: under a shell that does not exec, Celery would never see SIGTERM.
What follows `--` wins over the application's own settings: its hour is too short for results that tell whether a task
comes again.

  include "audio-processor.worker.command" (dict "root" $ "pool" $pool)
*/}}
{{- define "audio-processor.worker.command" -}}
{{- $pool := .pool -}}
{{- $command := list
      "celery" "-A" .root.Values.app.celeryApp "worker"
      "-n" (printf "%s@%%h" $pool.key)
      "-Q" (join "," $pool.queueNames)
      (printf "--concurrency=%d" (int64 $pool.concurrency))
      (printf "--max-tasks-per-child=%d" (int64 $pool.maxTasksPerChild))
      (printf "--time-limit=%d" (int64 $pool.limit))
      (printf "--soft-time-limit=%d" (int64 $pool.softLimit))
      (printf "--loglevel=%s" $pool.logLevel)
      "--without-gossip" "--without-mingle"
      "--" (printf "result.expires=%d" (int64 $pool.resultExpires)) -}}
{{- toYaml ($pool.command | default $command) -}}
{{- end -}}

{{/*
Environment of a pool's worker.

  include "audio-processor.worker.env" (dict "root" $ "pool" $pool)
*/}}
{{- define "audio-processor.worker.env" -}}
{{- $pool := .pool -}}
{{- $own := include "audio-processor.env.application"
      (dict "root" .root "visibilityTimeout" (int64 $pool.visibility) "gpu" $pool.gpu) | fromJson -}}
{{- $_ := set $own "AUDIO_PROCESSOR_POOL" $pool.key -}}
{{- $_ := set $own "AUDIO_PROCESSOR_HEALTH_DIR" "/health" -}}
{{- $_ := set $own "AUDIO_PROCESSOR_MAX_REDELIVERIES" (int64 .root.Values.delivery.maxRedeliveries | toString) -}}
{{- if eq .root.Values.delivery.mode "lease" -}}
  {{- $_ := set $own "AUDIO_PROCESSOR_REDELIVER_AFTER" (int64 $pool.redelivery | toString) -}}
{{- end -}}
{{- if $pool.metrics.enabled -}}
  {{- $_ := set $own "PROMETHEUS_MULTIPROC_DIR" "/metrics" -}}
{{- end -}}
{{- $_ := set $own "MASTERML_TOKEN" (dict "secret" .root.Values.secrets.name "key" "MASTERML_TOKEN" "optional" true) -}}
{{- $card := include "audio-processor.hardware.env" $pool | fromJson -}}
{{- include "audio-processor.env" (list $own $card .root.Values.app.env $pool.env) -}}
{{- end -}}

{{/*
Probes of a worker: files that the Celery module touches. None of them asks the broker, whose outage must not restart
a worker in the middle of a task. Takes the pool's probes.
*/}}
{{- define "audio-processor.worker.probes" -}}
startupProbe:
  exec:
    command: [test, -f, /health/ready]
  {{- include "audio-processor.probeTimings" .startup | nindent 2 }}
  # No task runs yet. Without it a worker that hangs in its imports would be waited for as long as its longest task.
  terminationGracePeriodSeconds: 30
readinessProbe:
  exec:
    command: [test, -f, /health/ready]
  {{- include "audio-processor.probeTimings" .readiness | nindent 2 }}
livenessProbe:
  exec:
    command:
      - sh
      - -c
      - test $(($(date +%s) - $(stat -c %Y /health/heartbeat))) -lt {{ include "audio-processor.seconds" .liveness.maxAge }}
  {{- include "audio-processor.probeTimings" .liveness | nindent 2 }}
  # Without it a wedged worker would be killed only after the grace period of its longest task.
  terminationGracePeriodSeconds: {{ include "audio-processor.seconds" .liveness.grace }}
{{- end -}}

{{/* Rollout strategy of a Deployment. Takes its values. */}}
{{- define "audio-processor.strategy" -}}
strategy:
  type: {{ .type }}
  {{- if eq .type "RollingUpdate" }}
  rollingUpdate:
    maxSurge: {{ include "audio-processor.amount" .maxSurge }}
    maxUnavailable: {{ include "audio-processor.amount" .maxUnavailable }}
  {{- end }}
{{- end -}}
