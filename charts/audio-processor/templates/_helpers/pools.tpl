{{/*
The pools that exist, each with all that it inherits and all that follows from its task limit.
Every template that knows of pools ranges over this list and over nothing else.

  range $pool := include "audio-processor.pools" $ | fromJsonArray

Besides the leaves of `workers.defaults` a pool has: `key`, `name` (of its objects), `base` (of its container),
`image` (see audio-processor.image), `queueNames`, `gpu` (it gets a card), `waits` (a new pod waits for what an old one
holds), `strategy` without empty amounts, and in seconds `limit`, `softLimit`, `visibility`, `redelivery`,
`resultExpires`, `grace`, `quitAfter`, `deadline`.
*/}}
{{- define "audio-processor.pools" -}}
{{- include "audio-processor.once" (dict "root" . "name" "audio-processor.pools.found") -}}
{{- end -}}

{{/* What audio-processor.pools gives. */}}
{{- define "audio-processor.pools.found" -}}
{{- $root := . -}}
{{- $pools := list -}}
{{- range $key, $own := .Values.workers.pools -}}
  {{- $inherited := include "audio-processor.pool.layers" (dict "root" $root "own" $own) | fromJsonArray -}}
  {{- $pool := include "audio-processor.inherit" $inherited | fromJson -}}
  {{- if $pool.enabled -}}
    {{- $base := include "audio-processor.pool.base" $key -}}
    {{- $layers := list $root.Values.image -}}
    {{- range $inherited -}}{{- $layers = append $layers (get . "image" | default dict) -}}{{- end -}}
    {{- $image := include "audio-processor.image" (dict "layers" $layers "appVersion" $root.Chart.AppVersion) | fromJson -}}
    {{- $names := dict "key" $key "base" $base "image" $image "name" (include "audio-processor.name" (dict "root" $root "base" $base)) -}}
    {{- $times := include "audio-processor.pool.times" (dict "pool" $pool "root" $root) | fromJson -}}
    {{- $pools = append $pools (include "audio-processor.inherit" (list (omit $pool "image") $names $times) | fromJson) -}}
  {{- end -}}
{{- end -}}
{{- toJson $pools -}}
{{- end -}}

{{/*
What follows from a pool's task limit and its resources, in seconds.

  include "audio-processor.pool.times" (dict "pool" $inherited "root" $) | fromJson

`finish`: the grace period is `drain.within`, or else the limit, + 120 s; by QUIT, 45 s before its end, what still hangs
goes back to its queue. `requeue`: QUIT after `drain.within`; 60 s are left to hand the tasks back.
A lost worker's task is back after `redelivery`: that is `delivery.redeliverAfter` under a lease, else the visibility
timeout, which also stands in for a lease that the image's Celery does not allow. Results outlive what the task of a
worker that died between result and acknowledgement can take to come back and to find a free process, plus an hour.
The rollout deadline is the pull budget + the startup budget; the grace period is added only where the new pod waits
for what the old one holds. Such pods leave before the new ones come: with every card taken, a new pod could not start.
Where pods wait for the prefetch Job, its deadline counts as well.
*/}}
{{- define "audio-processor.pool.times" -}}
{{- $pool := .pool -}}
{{- $limit := include "audio-processor.seconds" $pool.taskLimit | int64 -}}
{{- $within := $limit -}}
{{- with $pool.drain.within -}}
  {{- $within = include "audio-processor.seconds" . | int64 -}}
{{- end -}}
{{- $quitAfter := add $within 75 -}}
{{- $grace := add $within 120 -}}
{{- if eq $pool.drain.mode "requeue" -}}
  {{- $quitAfter = include "audio-processor.seconds" ($pool.drain.within | default "5m") | int64 -}}
  {{- $grace = add $quitAfter 60 -}}
{{- end -}}
{{- $visibility := max (div (mul $limit 3) 2) (add $limit 600) -}}
{{- with $pool.visibilityTimeout -}}
  {{- $visibility = include "audio-processor.seconds" . | int64 -}}
{{- end -}}
{{- $redelivery := $visibility -}}
{{- if eq .root.Values.delivery.mode "lease" -}}
  {{- $redelivery = include "audio-processor.seconds" .root.Values.delivery.redeliverAfter | int64 -}}
{{- end -}}
{{- $gpu := ne $pool.hardware.resource "" -}}
{{- $waits := or $gpu (eq $pool.strategy.type "Recreate") -}}
{{- range $resource, $_ := $pool.resources.limits -}}
  {{- $waits = or $waits (contains "/" $resource) -}}
{{- end -}}
{{- $surge := eq (toString $pool.strategy.maxSurge) "" | ternary ($waits | ternary 0 "25%") $pool.strategy.maxSurge -}}
{{- $none := has (toString $surge) (list "0" "0%") -}}
{{- $unavailable := eq (toString $pool.strategy.maxUnavailable) "" | ternary ($none | ternary 1 0) $pool.strategy.maxUnavailable -}}
{{- $startup := mul (include "audio-processor.seconds" $pool.probes.startup.period | int64) (int64 $pool.probes.startup.failures) -}}
{{- $deadline := add (include "audio-processor.seconds" .root.Values.image.pullBudget | int64) $startup -}}
{{- if $waits -}}
  {{- $deadline = add $deadline $grace -}}
{{- end -}}
{{- if include "audio-processor.models.awaited" .root -}}
  {{- $deadline = add $deadline (include "audio-processor.seconds" .root.Values.models.prefetch.deadline | int64) -}}
{{- end -}}
{{- dict
      "limit" $limit
      "softLimit" (sub $limit (include "audio-processor.seconds" $pool.softLimitMargin | int64))
      "visibility" $visibility
      "redelivery" $redelivery
      "resultExpires" (add (max $visibility $redelivery) $limit 3600)
      "grace" $grace
      "quitAfter" $quitAfter
      "deadline" $deadline
      "gpu" $gpu
      "waits" $waits
      "strategy" (dict "maxSurge" $surge "maxUnavailable" $unavailable)
      "queueNames" (keys ($pool.queues | default dict) | sortAlpha)
    | toJson -}}
{{- end -}}

{{/* The largest visibility timeout of all pools, in seconds: that of clients without a pool. 3600 without pools. */}}
{{- define "audio-processor.largestVisibilityTimeout" -}}
{{- $largest := 3600 -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $largest = max $largest (int64 $pool.visibility) -}}
{{- end -}}
{{- $largest -}}
{{- end -}}
