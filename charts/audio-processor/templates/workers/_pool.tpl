{{/*
`$.ctx.pools`: the pools that are enabled, by key, each with what it inherits (`workers.defaults`, its profile, its own
values) and what is derived from that:
`key`, `name` (of its objects), `base` (of its container), `image`, `queueNames`, `gpu` (its worker gets a GPU),
`replacesInPlace` (an old pod terminates before the new one starts), what audio-processor.pool.container sets; in seconds
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
    {{- $profile := get $.Values.workers.profiles $pool.profile | default dict -}}
    {{- $layers := list $.Values.image $.Values.workers.defaults.image (get $profile "image" | default dict) (get $own "image" | default dict) -}}
    {{- $_ := set $pool "image" dict -}}
    {{- include "audio-processor.image" (dict "into" $pool.image "root" $ "layers" $layers) -}}
    {{- include "audio-processor.pool.times" (list $ $pool) -}}
    {{- include "audio-processor.pool.container" (list $ $pool) -}}
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

Drain mode `finish`: the grace period is `drain.within`, or else the limit, + 120 s; SIGQUIT, 45 s before its end, returns what
is still running to its queue. `requeue`: SIGQUIT after `drain.within`; 60 s are left to return the tasks.
A lost worker's tasks are redelivered after `redelivery`: `delivery.redeliverAfter` under a lease, else the visibility timeout.
Results outlive the redelivery of a task whose worker died between result and acknowledgement, and an hour of waiting.
*/}}
{{- define "audio-processor.pool.times" -}}
{{- $values := (first .).Values -}}
{{- $pool := last . -}}
{{- $limit := include "audio-processor.seconds" $pool.taskLimit | int64 -}}
{{- $within := include "audio-processor.seconds" ($pool.drain.within | default $pool.taskLimit) | int64 -}}
{{- $drain := dict "timeout" (add $within 75) "grace" (add $within 120) -}}
{{- if eq $pool.drain.mode "requeue" -}}
  {{- $within = include "audio-processor.seconds" ($pool.drain.within | default "5m") | int64 -}}
  {{- $drain = dict "timeout" $within "grace" (add $within 60) -}}
{{- end -}}
{{- $derived := max (div (mul $limit 3) 2) (add $limit 600) -}}
{{- $visibilityTimeout := empty $pool.visibilityTimeout | ternary $derived (include "audio-processor.seconds" $pool.visibilityTimeout | int64) -}}
{{- $lease := include "audio-processor.seconds" $values.delivery.redeliverAfter | int64 -}}
{{- $redelivery := eq $values.delivery.mode "lease" | ternary $lease $visibilityTimeout -}}
{{- $_ := set $pool "limit" $limit -}}
{{- $_ := set $pool "softLimit" (sub $limit (include "audio-processor.seconds" $pool.softLimitMargin)) -}}
{{- $_ := set $pool "visibilityTimeout" $visibilityTimeout -}}
{{- $_ := set $pool "redelivery" $redelivery -}}
{{- $_ := set $pool "resultExpires" (add (max $visibilityTimeout $redelivery) $limit 3600) -}}
{{- $_ := set $pool "gracePeriod" $drain.grace -}}
{{- $_ := set $pool "drainTimeout" $drain.timeout -}}
{{- /* With every GPU or volume in use a new pod could not start, so that an old one has to terminate before. */ -}}
{{- $_ := set $pool "gpu" (ne $pool.hardware.resource "") -}}
{{- $devices := keys $pool.resources.limits | join " " | contains "/" -}}
{{- $_ := set $pool "replacesInPlace" (or $pool.gpu (eq $pool.strategy.type "Recreate") $devices) -}}
{{- if eq (toString $pool.strategy.maxSurge) "" -}}
  {{- $_ := set $pool.strategy "maxSurge" ($pool.replacesInPlace | ternary 0 "25%") -}}
{{- end -}}
{{- if eq (toString $pool.strategy.maxUnavailable) "" -}}
  {{- $_ := set $pool.strategy "maxUnavailable" (has (toString $pool.strategy.maxSurge) (list "0" "0%") | ternary 1 0) -}}
{{- end -}}
{{- $startup := mul (include "audio-processor.seconds" $pool.probes.startup.period) (int64 $pool.probes.startup.failures) -}}
{{- $pull := include "audio-processor.seconds" $values.image.pullBudget -}}
{{- $prefetch := include "audio-processor.seconds" ((first .).ctx.models.workersWaitForPrefetch | ternary $values.models.prefetch.deadline "") -}}
{{- $_ := set $pool "rolloutDeadline" (add $pull $startup $prefetch ($pool.replacesInPlace | ternary $drain.grace 0)) -}}
{{- end -}}

{{/*
Sets on a pool `containerEnv` (layers for audio-processor.env), `noGpuEnv` (the same for its other containers),
`containerResources` and `annotations` (of its pods), and `waitFor`, a file without which a worker must not start, or "".
*/}}
{{- define "audio-processor.pool.container" -}}
{{- $pool := last . -}}
{{- $ctx := (first .).ctx -}}
{{- $values := (first .).Values -}}
{{- $_ := set $pool "annotations" (merge dict $ctx.application.checksums $pool.podAnnotations) -}}
{{- $_ := set $pool "waitFor" ($ctx.models.workersWaitForPrefetch | ternary $ctx.models.marker "") -}}
{{- $gpuEnv := $ctx.application.hideGpus -}}
{{- $_ := set $pool "noGpuEnv" (list $gpuEnv) -}}
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
  {{- $_ := set $env "AUDIO_PROCESSOR_TASK_DURATION_BUCKETS" (join "," $ctx.application.taskDurationBuckets) -}}
{{- end -}}
{{- $_ := set $pool "containerResources" (deepCopy $pool.resources) -}}
{{- if $pool.gpu -}}
  {{- $devices := dict $pool.hardware.resource (int64 $pool.hardware.count) -}}
  {{- include "audio-processor.overlay" (list $pool.containerResources (dict "requests" $devices "limits" $devices)) -}}
  {{- /* torch.cuda.is_available() in the parent must not poison the forked children. */ -}}
  {{- $gpuEnv = dict "PYTORCH_NVML_BASED_CUDA_CHECK" "1" "CUDA_DEVICE_ORDER" "PCI_BUS_ID" "PYTORCH_CUDA_ALLOC_CONF" "max_split_size_mb:512" -}}
  {{- /* Images set CUDA_VISIBLE_DEVICES=0. A device plugin numbers a container's GPUs from 0, so that this shows one of several. */ -}}
  {{- if gt (int64 $pool.hardware.count) 1 -}}
    {{- $_ := set $gpuEnv "CUDA_VISIBLE_DEVICES" (until (int $pool.hardware.count) | join ",") -}}
  {{- end -}}
{{- end -}}
{{- $_ := set $pool "containerEnv" (list $ctx.application.env $ctx.models.env $ctx.broker.env $env $gpuEnv $values.app.env $pool.env) -}}
{{- end -}}
