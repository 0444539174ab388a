{{/* Rules about worker pools, as a JSON list of problems. */}}
{{- define "audio-processor.rules.pools" -}}
{{- $problems := list -}}
{{- $owners := dict -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $at := printf "workers.pools.%s" $pool.key -}}
  {{- $limit := int64 $pool.limit -}}
  {{- with get $owners $pool.name -}}
    {{- $problems = append $problems (printf "%s: its objects would have the name %s, like those of the pool %s, because names end at 63 characters. Rename one of the two pools." $at $pool.name .) -}}
  {{- end -}}
  {{- $_ := set $owners $pool.name $pool.key -}}
  {{- if has "audio" (splitList "-" $pool.key) -}}
    {{- $problems = append $problems (printf "%s: the word `audio` in a pool's name could give it the name of another release's pool. Rename the pool." $at) -}}
  {{- end -}}
  {{- if and (not $pool.queueNames) (not $pool.command) -}}
    {{- $problems = append $problems (printf "%s.queues: the pool consumes no queue, so its pods would idle for ever. Set %s.queues.<queue>: {}, or %s.enabled: false." $at $at $at) -}}
  {{- end -}}
  {{- if or (lt $limit 10) (gt $limit 604800) -}}
    {{- $problems = append $problems (printf "%s.taskLimit: %s is outside of 10s to 168h. Set a limit in between." $at $pool.taskLimit) -}}
  {{- end -}}
  {{- if lt (int64 $pool.softLimit) 1 -}}
    {{- $problems = append $problems (printf "%s.softLimitMargin: %s leaves nothing of the task limit %s, so every task would be stopped at its start. Set a margin below the limit." $at $pool.softLimitMargin $pool.taskLimit) -}}
  {{- end -}}
  {{- if lt (int64 $pool.visibilityTimeout) (add $limit 600) -}}
    {{- $problems = append $problems (printf "%s.visibilityTimeout: %s is below the task limit %s + 10m, so a task that still runs would be given to a second worker. Set at least %ds, or \"\" for the derived value." $at $pool.visibilityTimeout $pool.taskLimit (add $limit 600)) -}}
  {{- end -}}
  {{- if eq $pool.drain.mode "requeue" -}}
    {{- if or (ge (int64 $pool.drainTimeout) $limit) (lt (int64 $pool.drainTimeout) 1) -}}
      {{- $problems = append $problems (printf "%s.drain.within: %s does not lie between 1s and the task limit %s, so nothing would ever be requeued. Set less, or drain.mode: finish." $at ($pool.drain.within | default "5m (the default)") $pool.taskLimit) -}}
    {{- end -}}
  {{- else if lt (sub (int64 $pool.drainTimeout) 75) $limit -}}
    {{- $problems = append $problems (printf "%s.drain.within: %s is less than the task limit %s, up to which `finish` lets a task run. Set drain.mode: requeue, lower taskLimit, or set within: \"\"." $at $pool.drain.within $pool.taskLimit) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
