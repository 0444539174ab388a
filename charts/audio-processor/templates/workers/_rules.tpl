{{/* Rules of the worker pools, but those of their hardware: workers/_hardware-rules.tpl. */}}
{{- define "audio-processor.workers.rules" }}
{{- $names := dict }}
{{- range $pool := .ctx.pools }}
  {{- $at := printf "workers.pools.%s" .key }}
  {{- with get $names .name }}
  - {{ $at }}: its objects have the name {{ $pool.name }}, as those of the pool {{ . }}: names are cut at 63 characters.
    Rename one of the two pools.
  {{- end }}
  {{- $_ := set $names .name .key }}
  {{- if has "audio" (splitList "-" .key) }}
  - {{ $at }}: with the word `audio` in its name, its objects can have the names of another release's pool.
    Rename the pool.
  {{- end }}
  {{- if not (or .queueNames .command) }}
  - {{ $at }}.queues: the pool consumes no queue, so its workers would always be idle.
    Set {{ $at }}.queues.<queue>: {}, or {{ $at }}.enabled: false.
  {{- end }}
  {{- if or (lt .limit 10) (gt .limit 604800) }}
  - {{ $at }}.taskLimit: {{ .taskLimit }} is not between 10s and 168h. Set a limit in this range.
  {{- end }}
  {{- if lt .softLimit 1 }}
  - {{ $at }}.softLimitMargin: {{ .softLimitMargin }} is not less than the task limit {{ .taskLimit }}, so that every
    task would reach its soft limit at once. Set a smaller margin.
  {{- end }}
  {{- $minimum := add .limit 600 }}
  {{- if lt .visibilityTimeout $minimum }}
  - {{ $at }}.visibilityTimeout: {{ .visibilityTimeout }}s is less than the task limit {{ .taskLimit }} + 10m, so that a
    running task could be redelivered to a second worker. Set at least {{ $minimum }}s, or "" for the derived value.
  {{- end }}
  {{- if eq .drain.mode "requeue" }}
    {{- if or (ge .drainTimeout .limit) (lt .drainTimeout 1) }}
    - {{ $at }}.drain.within: {{ .drain.within | default "5m (the default)" }} is not between 1s and the task limit
      {{ .taskLimit }}, so that no task would be requeued. Set less than the task limit, or drain.mode: finish.
    {{- end }}
  {{- else if lt (sub .drainTimeout 75) .limit }}
  - {{ $at }}.drain.within: {{ .drain.within }} is less than the task limit {{ .taskLimit }}, for which drain.mode: finish
    waits. Set drain.mode: requeue, lower taskLimit, or set within: "".
  {{- end }}
  {{- with .probes.liveness }}
    {{- if lt (include "audio-processor.seconds" .maxAge | int64) 60 }}
    - {{ $at }}.probes.liveness.maxAge: {{ .maxAge }} is shorter than a restart of the broker, which would then restart
      workers during their tasks. Set at least 1m.
    {{- end }}
    {{- if lt (include "audio-processor.seconds" .grace | int64) 1 }}
    - {{ $at }}.probes.liveness.grace: {{ .grace }} is less than 1s, the minimum of Kubernetes. Set at least 1s.
    {{- end }}
  {{- end }}
  {{- $other := regexMatch "(^| )(-P|--pool)[ =]?(eventlet|gevent|solo|threads|processes)( |$)" (.command | default list | join " ") }}
  {{- if and $other (eq $.Values.delivery.mode "lease") }}
  - {{ $at }}.command: leases and time limits need Celery's prefork pool; with another one tasks would run twice.
    Remove the option --pool (-P), or set delivery.mode: timeout.
  {{- end }}
{{- end }}
{{- with .Values.delivery }}
  {{- $lease := include "audio-processor.seconds" .redeliverAfter | int64 }}
  {{- if and (eq .mode "lease") (or (lt $lease 60) (gt $lease 604800)) }}
  - delivery.redeliverAfter: {{ .redeliverAfter }} is not between 1m and 168h. A lease that expires while the broker
    restarts makes tasks run twice. Set a duration in this range.
  {{- end }}
{{- end }}
{{- end }}
