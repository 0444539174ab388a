{{/* Rules about scaling, as a JSON list of problems. */}}
{{- define "audio-processor.rules.scaling" -}}
{{- $problems := list -}}
{{- range $at, $workload := include "audio-processor.workloads" . | fromJson -}}
  {{- with $workload.scaling -}}
    {{- $automatic := has .engine (list "hpa" "keda") -}}
    {{- if and $automatic (gt (int64 .min) (int64 .max)) -}}
      {{- $problems = append $problems (printf "%s.scaling.min: %d is more than max %d, so no number of pods would be right. Lower min, or raise max." $at (int64 .min) (int64 .max)) -}}
    {{- end -}}
    {{- if and (eq .engine "hpa") (lt (int64 .min) 1) -}}
      {{- $problems = append $problems (printf "%s.scaling.min: an HPA never acts on a workload without pods, so 0 would stay 0 for ever. Set at least 1%s." $at (hasKey . "keda" | ternary ", or scaling.engine: keda, which alone reaches zero and comes back" "")) -}}
    {{- end -}}
    {{- if eq .engine "hpa" -}}
      {{- if not (or .hpa.cpu .hpa.memory) -}}
        {{- $problems = append $problems (printf "%s.scaling.hpa: without a target nothing would ever scale. Set cpu or memory, in percent of the request." $at) -}}
      {{- end -}}
      {{- range $resource, $percent := .hpa -}}
        {{- if and $percent (not (include "audio-processor.number" (get $workload.resources.requests $resource | default 0) | float64)) -}}
          {{- $problems = append $problems (printf "%s.scaling.hpa.%s: the target is a share of a request that does not exist, so the HPA would never act. Set %s.resources.requests.%s." $at $resource $at $resource) -}}
        {{- end -}}
      {{- end -}}
    {{- end -}}
    {{- if $automatic -}}
      {{- range $direction := list "scaleDown" "scaleUp" -}}
        {{- $pace := get $workload.scaling $direction -}}
        {{- $period := include "audio-processor.seconds" $pace.period | int64 -}}
        {{- if or (lt $period 1) (gt $period 1800) -}}
          {{- $problems = append $problems (printf "%s.scaling.%s.period: Kubernetes takes 1s to 30m, and not %s. Set a period in between." $at $direction $pace.period) -}}
        {{- end -}}
        {{- if gt (include "audio-processor.seconds" $pace.window | int64) 3600 -}}
          {{- $problems = append $problems (printf "%s.scaling.%s.window: Kubernetes takes at most 1h, and not %s. Set less." $at $direction $pace.window) -}}
        {{- end -}}
      {{- end -}}
    {{- end -}}
    {{- if eq .engine "keda" -}}
      {{- if not $workload.queueNames -}}
        {{- $problems = append $problems (printf "%s.scaling.engine: KEDA counts the pool's queues, and the chart knows of none, because %s.queues is empty. Name them, or choose another engine." $at $at) -}}
      {{- end -}}
      {{- if lt (include "audio-processor.seconds" .keda.pollingInterval | int64) 1 -}}
        {{- $problems = append $problems (printf "%s.scaling.keda.pollingInterval: without a pause KEDA would not take it. Set at least 1s." $at) -}}
      {{- end -}}
      {{- if and (eq (int64 .min) 0) (lt (include "audio-processor.seconds" .keda.cooldown | int64) (include "audio-processor.seconds" .keda.pollingInterval | int64)) -}}
        {{- $problems = append $problems (printf "%s.scaling.keda.cooldown: %s is shorter than pollingInterval %s, so the last pod would go at the first look that finds nothing. Set at least %s." $at .keda.cooldown .keda.pollingInterval .keda.pollingInterval) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- if and (include "audio-processor.keda.pools" . | fromJsonArray) (eq .Values.broker.mode "external") -}}
  {{- with .Values.broker.external -}}
    {{- if not .address -}}
      {{- $problems = append $problems "broker.external.address: the engine keda reads the broker itself and cannot take the URLs of the Secret. Set host:port of the broker, or of each Sentinel." -}}
    {{- end -}}
    {{- if and .tls.enabled (not .tls.checkHostname) -}}
      {{- $problems = append $problems "broker.external.tls.checkHostname: KEDA would check no certificate at all where it may not check the name, and send the password to anybody. Set true, or choose another engine than keda." -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/*
Rules about a number of pods that nobody would read, as a JSON list of problems. A pool that inherits `replicas` from the
defaults beside an engine of its own is right: the number is for the other pools.
*/}}
{{- define "audio-processor.rules.replicas" -}}
{{- $problems := list -}}
{{- $own := dict "api" .Values.api "workers.defaults" .Values.workers.defaults -}}
{{- range $key, $pool := .Values.workers.pools -}}
  {{- if dig "enabled" $.Values.workers.defaults.enabled ($pool | default dict) -}}
    {{- $_ := set $own (printf "workers.pools.%s" $key) ($pool | default dict) -}}
  {{- end -}}
{{- end -}}
{{- range $at, $values := $own -}}
  {{- $engine := dig "scaling" "engine" $.Values.workers.defaults.scaling.engine $values -}}
  {{- $replicas := dig "scaling" "replicas" "" $values -}}
  {{- if and (not (kindIs "string" $replicas)) (ne $engine "fixed") -}}
    {{- $problems = append $problems (printf "%s.scaling.replicas: %d has no effect under the engine %s. Remove it, or set it to \"\"; %s." $at (int64 $replicas) $engine (eq $engine "manual" | ternary "`kubectl scale` says how many pods run" "`min` and `max` say how many pods run")) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about budgets for drains, as a JSON list of problems. */}}
{{- define "audio-processor.rules.disruption" -}}
{{- $problems := list -}}
{{- range $at, $workload := include "audio-processor.workloads" . | fromJson -}}
  {{- with $workload.disruption -}}
    {{- if and .enabled (has (toString .maxUnavailable) (list "0" "0%")) -}}
      {{- $problems = append $problems (printf "%s.disruption.maxUnavailable: %v forbids every eviction, so a drain of a node would wait for ever. Set at least 1." $at .maxUnavailable) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
