{{/* Rules about probes and grace periods, as a JSON list of problems. */}}
{{- define "audio-processor.rules.durations" -}}
{{- $problems := list -}}
{{- $probes := dict "api" .Values.api.probes -}}
{{- if include "audio-processor.broker.embedded" . -}}
  {{- $_ := set $probes "broker" .Values.broker.probes -}}
{{- end -}}
{{- if include "audio-processor.beat.enabled" . -}}
  {{- $_ := set $probes "beat" .Values.beat.probes -}}
{{- end -}}
{{- if include "audio-processor.flower.enabled" . -}}
  {{- $_ := set $probes "flower" .Values.flower.probes -}}
{{- end -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $at := printf "workers.pools.%s" $pool.key -}}
  {{- $_ := set $probes $at $pool.probes -}}
  {{- if lt (include "audio-processor.seconds" $pool.probes.liveness.maxAge | int64) 60 -}}
    {{- $problems = append $problems (printf "%s.probes.liveness.maxAge: %s is shorter than a restart of the broker, which would then restart workers in the middle of tasks. Set at least 1m." $at $pool.probes.liveness.maxAge) -}}
  {{- end -}}
  {{- if lt (include "audio-processor.seconds" $pool.probes.liveness.grace | int64) 1 -}}
    {{- $problems = append $problems (printf "%s.probes.liveness.grace: Kubernetes takes no less than 1s. Set at least 1s." $at) -}}
  {{- end -}}
{{- end -}}
{{- range $at, $of := $probes -}}
  {{- range $name, $probe := $of -}}
    {{- range $key := list "period" "timeout" -}}
      {{- if lt (include "audio-processor.seconds" (get $probe $key) | int64) 1 -}}
        {{- $problems = append $problems (printf "%s.probes.%s.%s: Kubernetes takes no less than 1s. Set at least 1s." $at $name $key) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- $shortest := add (include "audio-processor.seconds" .Values.api.preStopSleep | int64) 10 -}}
{{- if lt (include "audio-processor.seconds" .Values.api.grace | int64) $shortest -}}
  {{- $problems = append $problems (printf "api.grace: %s leaves no time for open requests after preStopSleep %s. Set at least %ds." .Values.api.grace .Values.api.preStopSleep $shortest) -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about rollouts, as a JSON list of problems. */}}
{{- define "audio-processor.rules.rollouts" -}}
{{- $problems := list -}}
{{- $strategies := dict "api" .Values.api.strategy -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $_ := set $strategies (printf "workers.pools.%s" $pool.key) $pool.strategy -}}
{{- end -}}
{{- $nothing := list "0" "0%" -}}
{{- range $at, $strategy := $strategies -}}
  {{- if and (eq $strategy.type "RollingUpdate") (has (toString $strategy.maxSurge) $nothing) (has (toString $strategy.maxUnavailable) $nothing) -}}
    {{- $problems = append $problems (printf "%s.strategy: neither a pod more nor a pod less is allowed, so no rollout could begin. Set maxSurge or maxUnavailable above 0." $at) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
