{{/* Rules about profiles and devices, as a JSON list of problems. */}}
{{- define "audio-processor.rules.hardware" -}}
{{- $problems := list -}}
{{- $known := keys .Values.workers.profiles | sortAlpha -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $at := printf "workers.pools.%s" $pool.key -}}
  {{- $hardware := $pool.hardware -}}
  {{- if and $pool.profile (not (has $pool.profile $known)) -}}
    {{- $problems = append $problems (printf "%s.profile: there is no profile %s, only %s. Name one of these, or add workers.profiles.%s." $at $pool.profile (join ", " $known | default "none") $pool.profile) -}}
  {{- end -}}
  {{- if and (gt (int64 $hardware.count) 1) (not $hardware.resource) (not $hardware.cpuFallback) -}}
    {{- $problems = append $problems (printf "%s.hardware.count: %d of nothing: no resource is named. Set a profile, or %s.hardware.resource." $at (int64 $hardware.count) $at) -}}
  {{- end -}}
  {{- if and $hardware.resource (or (hasKey $pool.resources.limits $hardware.resource) (hasKey $pool.resources.requests $hardware.resource)) -}}
    {{- $problems = append $problems (printf "%s.resources: %s is named here and by the hardware of the pool. Set only %s.hardware.count." $at $hardware.resource $at) -}}
  {{- end -}}
  {{- if and $hardware.sharedMemory (ge (include "audio-processor.bytes" $hardware.sharedMemory | int64) (include "audio-processor.bytes" ($pool.resources.limits.memory | default "1E") | int64)) -}}
    {{- $problems = append $problems (printf "%s.hardware.sharedMemory: %s leaves nothing of the memory limit, inside of which it counts. Lower it, or raise %s.resources.limits.memory." $at (include "audio-processor.quantity" $hardware.sharedMemory) $at) -}}
  {{- end -}}
  {{- $strategy := $pool.strategy -}}
  {{- $nothing := list "0" "0%" -}}
  {{- if and $pool.gpu (eq $strategy.type "RollingUpdate") (not (has (toString $strategy.maxSurge) $nothing)) (has (toString $strategy.maxUnavailable) $nothing) -}}
    {{- $problems = append $problems (printf "%s.strategy: with every card taken, a new pod would wait for one of an old pod, which would wait for the new one. Set maxUnavailable: 1, or maxSurge: \"\"." $at) -}}
  {{- end -}}
{{- end -}}
{{- range $at, $workload := include "audio-processor.workloads" . | fromJson -}}
  {{- $own := dig "hardware" "resource" "" $workload -}}
  {{- range $name := concat (keys $workload.resources.limits) (keys $workload.resources.requests) | uniq | sortAlpha -}}
    {{- if and (regexMatch "^(nvidia|amd)\\.com/|^gpu\\.intel\\.com/|/gpu" $name) (ne $name $own) -}}
      {{- $remedy := hasPrefix "workers.pools." $at | ternary (printf "Set %s.hardware.resource, or a profile." $at) "Only worker pools use cards: remove it." -}}
      {{- $problems = append $problems (printf "%s.resources: %s would be reserved and hidden from the container. %s" $at $name $remedy) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
