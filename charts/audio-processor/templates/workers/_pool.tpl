{{/*
`$.ctx.pools`: the pools that are enabled, by key, each with what it inherits (`workers.defaults`, its profile, its own
values) and what is derived from that:
`key`, `name` (of its objects), `base` (of its container), `image`, `queueNames`, `gpu` (its worker gets a GPU),
`replacesInPlace` (an old pod terminates before the new one starts), `containerEnv`, `containerResources`; in seconds
`limit`, `softLimit`, `visibilityTimeout`, `redelivery`, `resultExpires`, `gracePeriod`, `drainTimeout`, `rolloutDeadline`.
*/}}
{{- define "audio-processor.context.pools" -}}
{{- $pools := list -}}
{{- range $key, $own := .Values.workers.pools -}}
  {{- $pool := dict -}}
  {{- include "audio-processor.pool.inherit" (list $ $own $pool) -}}
  {{- if $pool.enabled -}}
    {{- $base := eq $key "cpu" | ternary "audio-worker" (printf "audio-%s-worker" $key) -}}
    {{- $_ := set $pool "key" $key -}}
    {{- $_ := set $pool "base" $base -}}
    {{- $_ := set $pool "name" (include "audio-processor.name" (list $ $base)) -}}
    {{- $_ := set $pool "queueNames" (keys ($pool.queues | default dict) | sortAlpha) -}}
    {{- include "audio-processor.pool.times" (list $ $pool) -}}
    {{- include "audio-processor.pool.container" (list $ $pool $own) -}}
    {{- $pools = append $pools $pool -}}
  {{- end -}}
{{- end -}}
{{- $_ := set .ctx "pools" $pools -}}
{{- end -}}

{{/*
Puts onto `$pool` what a pool inherits: `workers.defaults`, its hardware profile, its own values, of which later ones win. With
`cpuFallback` the profile brings neither node selector nor tolerations, and no device is left.

  include "audio-processor.pool.inherit" (list $ $own $pool)
*/}}
{{- define "audio-processor.pool.inherit" -}}
{{- $workers := (first .).Values.workers -}}
{{- $own := index . 1 -}}
{{- $name := hasKey $own "profile" | ternary $own.profile $workers.defaults.profile -}}
{{- $profile := get $workers.profiles $name | default dict -}}
{{- $layer := pick $profile "image" "env" "resources" -}}
{{- $_ := set $layer "hardware" (pick $profile "resource" "count" "runtimeClassName" "sharedMemory" "cpuFallback") -}}
{{- $hardware := dict -}}
{{- include "audio-processor.overlay" (list $hardware $workers.defaults.hardware $layer.hardware (get $own "hardware" | default dict)) -}}
{{- $last := dict -}}
{{- if $hardware.cpuFallback -}}
  {{- $last = dict "hardware" (dict "resource" "" "runtimeClassName" "") -}}
{{- else -}}
  {{- $_ := set $layer "scheduling" (pick $profile "nodeSelector" "tolerations") -}}
{{- end -}}
{{- include "audio-processor.overlay" (list (last .) $workers.defaults $layer $own $last) -}}
{{- end -}}

{{/*
Sets on a pool what follows from its task limit and its strategy: `include "audio-processor.pool.times" (list $ $pool)`.

`finish`: the termination grace period is `drain.within`, or else the limit, + 120 s; SIGQUIT, 45 s before its end, returns
what is still running to its queue. `requeue`: SIGQUIT after `drain.within`; 60 s are left to return the tasks.
The tasks of a lost worker are redelivered after `redelivery`: `delivery.redeliverAfter` under a lease, else the visibility
timeout, which also replaces a lease that the image's Celery does not support. Results are kept for as long as a task can
take to be redelivered and to find a free process after its worker died between result and acknowledgement, plus an hour.
*/}}
{{- define "audio-processor.pool.times" -}}
{{- $root := first . -}}
{{- $pool := last . -}}
{{- $limit := include "audio-processor.seconds" $pool.taskLimit | int64 -}}
{{- $within := include "audio-processor.seconds" ($pool.drain.within | default $pool.taskLimit) | int64 -}}
{{- $drainTimeout := add $within 75 -}}
{{- $gracePeriod := add $within 120 -}}
{{- if eq $pool.drain.mode "requeue" -}}
  {{- $drainTimeout = include "audio-processor.seconds" ($pool.drain.within | default "5m") | int64 -}}
  {{- $gracePeriod = add $drainTimeout 60 -}}
{{- end -}}
{{- $visibilityTimeout := max (div (mul $limit 3) 2) (add $limit 600) -}}
{{- with $pool.visibilityTimeout -}}
  {{- $visibilityTimeout = include "audio-processor.seconds" . | int64 -}}
{{- end -}}
{{- $redelivery := $visibilityTimeout -}}
{{- if eq $root.Values.delivery.mode "lease" -}}
  {{- $redelivery = include "audio-processor.seconds" $root.Values.delivery.redeliverAfter | int64 -}}
{{- end -}}
{{- /* With every GPU or volume in use a new pod could not start, so that an old one has to terminate before. */ -}}
{{- $gpu := ne $pool.hardware.resource "" -}}
{{- $inPlace := or $gpu (eq $pool.strategy.type "Recreate") (keys $pool.resources.limits | join " " | contains "/") -}}
{{- $surge := eq (toString $pool.strategy.maxSurge) "" | ternary ($inPlace | ternary 0 "25%") $pool.strategy.maxSurge -}}
{{- $noSurge := has (toString $surge) (list "0" "0%") -}}
{{- $unavailable := eq (toString $pool.strategy.maxUnavailable) "" | ternary ($noSurge | ternary 1 0) $pool.strategy.maxUnavailable -}}
{{- $deadline := include "audio-processor.rolloutDeadline" (dict "root" $root "startup" $pool.probes.startup) | int64 -}}
{{- if $inPlace -}}
  {{- $deadline = add $deadline $gracePeriod -}}
{{- end -}}
{{- if $root.ctx.models.workersWaitForPrefetch -}}
  {{- $deadline = add $deadline (include "audio-processor.seconds" $root.Values.models.prefetch.deadline) -}}
{{- end -}}
{{- $_ := set $pool "limit" $limit -}}
{{- $_ := set $pool "softLimit" (sub $limit (include "audio-processor.seconds" $pool.softLimitMargin)) -}}
{{- $_ := set $pool "visibilityTimeout" $visibilityTimeout -}}
{{- $_ := set $pool "redelivery" $redelivery -}}
{{- $_ := set $pool "resultExpires" (add (max $visibilityTimeout $redelivery) $limit 3600) -}}
{{- $_ := set $pool "gracePeriod" $gracePeriod -}}
{{- $_ := set $pool "drainTimeout" $drainTimeout -}}
{{- $_ := set $pool "rolloutDeadline" $deadline -}}
{{- $_ := set $pool "gpu" $gpu -}}
{{- $_ := set $pool "replacesInPlace" $inPlace -}}
{{- $_ := set $pool.strategy "maxSurge" $surge -}}
{{- $_ := set $pool.strategy "maxUnavailable" $unavailable -}}
{{- end -}}

{{/* Sets a pool's `image`, `containerEnv` (layers for audio-processor.env) and `containerResources`: `(list $ $pool $own)`. */}}
{{- define "audio-processor.pool.container" -}}
{{- $root := first . -}}
{{- $pool := index . 1 -}}
{{- $values := $root.Values -}}
{{- $image := dict -}}
{{- $profile := get $values.workers.profiles $pool.profile | default dict -}}
{{- $layers := list $values.image $values.workers.defaults.image (get $profile "image" | default dict) (get (last .) "image" | default dict) -}}
{{- include "audio-processor.image" (dict "into" $image "root" $root "layers" $layers) -}}
{{- $_ := set $pool "image" $image -}}
{{- $env := dict
      "AUDIO_PROCESSOR_POOL" $pool.key
      "AUDIO_PROCESSOR_HEALTH_DIR" "/health"
      "AUDIO_PROCESSOR_VISIBILITY_TIMEOUT" (toString $pool.visibilityTimeout)
      "AUDIO_PROCESSOR_MAX_REDELIVERIES" (int64 $values.delivery.maxRedeliveries | toString)
      "MASTERML_TOKEN" (dict "secret" $values.secrets.name "key" "MASTERML_TOKEN" "optional" true) -}}
{{- if eq $values.delivery.mode "lease" -}}
  {{- $_ := set $env "AUDIO_PROCESSOR_REDELIVER_AFTER" (toString $pool.redelivery) -}}
{{- end -}}
{{- if $pool.metrics.enabled -}}
  {{- $_ := set $env "PROMETHEUS_MULTIPROC_DIR" "/metrics" -}}
{{- end -}}
{{- $resources := $pool.resources -}}
{{- $gpuEnv := $root.ctx.application.hideGpus -}}
{{- if $pool.gpu -}}
  {{- $devices := dict $pool.hardware.resource (int64 $pool.hardware.count) -}}
  {{- $resources = dict -}}
  {{- include "audio-processor.overlay" (list $resources $pool.resources (dict "requests" $devices "limits" $devices)) -}}
  {{- /* torch.cuda.is_available() in the parent must not poison the forked children. */ -}}
  {{- $gpuEnv = dict "PYTORCH_NVML_BASED_CUDA_CHECK" "1" "CUDA_DEVICE_ORDER" "PCI_BUS_ID" "PYTORCH_CUDA_ALLOC_CONF" "max_split_size_mb:512" -}}
  {{- /* Images set CUDA_VISIBLE_DEVICES=0. A device plugin numbers a container's GPUs from 0, so that this shows one of several. */ -}}
  {{- if gt (int64 $pool.hardware.count) 1 -}}
    {{- $_ := set $gpuEnv "CUDA_VISIBLE_DEVICES" (until (int $pool.hardware.count) | join ",") -}}
  {{- end -}}
{{- end -}}
{{- $ctx := $root.ctx -}}
{{- $_ := set $pool "containerEnv" (list $ctx.application.env $ctx.models.env $ctx.broker.env $env $gpuEnv $values.app.env $pool.env) -}}
{{- $_ := set $pool "containerResources" $resources -}}
{{- end -}}

{{/*
Probes of a worker: files that the Celery module writes. None of them connects to the broker, whose outage must not restart
a worker during a task. Takes the pool's probes.
*/}}
{{- define "audio-processor.pool.probes" -}}
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
