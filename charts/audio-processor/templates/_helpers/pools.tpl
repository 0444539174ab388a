{{/*
The pools that exist, each with all that it inherits and all that follows from its task limit.
Every template that knows of pools ranges over this list and over nothing else.

  range $pool := include "audio-processor.pools" $ | fromJsonArray

Besides the leaves of `workers.defaults` a pool has: `key`, `name` (of its objects), `base` (of its container),
`image` (see audio-processor.image), `queueNames`, `gpu`, and in seconds `limit`, `softLimit`, `visibility`, `grace`, `quitAfter`,
`deadline`.
*/}}
{{- define "audio-processor.pools" -}}
{{- $root := . -}}
{{- $defaults := .Values.workers.defaults -}}
{{- $pools := list -}}
{{- range $key, $own := .Values.workers.pools -}}
  {{- $pool := include "audio-processor.inherit" (list $defaults $own) | fromJson -}}
  {{- if $pool.enabled -}}
    {{- $base := include "audio-processor.pool.base" $key -}}
    {{- $layers := list $root.Values.image (get $defaults "image") (get ($own | default dict) "image" | default dict) -}}
    {{- $image := include "audio-processor.image" (dict "layers" $layers "appVersion" $root.Chart.AppVersion) | fromJson -}}
    {{- $names := dict "key" $key "base" $base "image" $image "name" (include "audio-processor.name" (dict "root" $root "base" $base)) -}}
    {{- $times := include "audio-processor.pool.times" (dict "pool" $pool "pullBudget" $root.Values.image.pullBudget) | fromJson -}}
    {{- $pools = append $pools (merge $names $times (omit $pool "image")) -}}
  {{- end -}}
{{- end -}}
{{- toJson $pools -}}
{{- end -}}

{{/*
What follows from a pool's task limit and its resources, in seconds. Takes the inherited pool.

`finish`: the grace period is the limit + 120 s; by QUIT, 45 s before its end, what still hangs goes back to its queue.
`requeue`: QUIT after `drain.within`; 60 s are left to hand the tasks back.
The rollout deadline is the pull budget + the startup budget; the grace period is added only where the new pod waits
for what the old one holds.
*/}}
{{- define "audio-processor.pool.times" -}}
{{- $pool := .pool -}}
{{- $limit := include "audio-processor.seconds" $pool.taskLimit | int64 -}}
{{- $quitAfter := add $limit 75 -}}
{{- $grace := add $limit 120 -}}
{{- if eq $pool.drain.mode "requeue" -}}
  {{- $quitAfter = include "audio-processor.seconds" ($pool.drain.within | default "5m") | int64 -}}
  {{- $grace = add $quitAfter 60 -}}
{{- end -}}
{{- $visibility := max (div (mul $limit 3) 2) (add $limit 600) -}}
{{- with $pool.visibilityTimeout -}}
  {{- $visibility = include "audio-processor.seconds" . | int64 -}}
{{- end -}}
{{- $gpu := false -}}
{{- range $resource, $_ := $pool.resources.limits -}}
  {{- if contains "/" $resource -}}{{- $gpu = true -}}{{- end -}}
{{- end -}}
{{- $startup := mul (include "audio-processor.seconds" $pool.probes.startup.period | int64) (int64 $pool.probes.startup.failures) -}}
{{- $deadline := add (include "audio-processor.seconds" .pullBudget | int64) $startup -}}
{{- if or $gpu (eq $pool.strategy.type "Recreate") -}}
  {{- $deadline = add $deadline $grace -}}
{{- end -}}
{{- dict
      "limit" $limit
      "softLimit" (sub $limit (include "audio-processor.seconds" $pool.softLimitMargin | int64))
      "visibility" $visibility
      "grace" $grace
      "quitAfter" $quitAfter
      "deadline" $deadline
      "gpu" $gpu
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
