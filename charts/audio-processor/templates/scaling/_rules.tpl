{{/* Rules of the autoscalers and of `replicas`. */}}
{{- define "audio-processor.scaling.rules" }}
{{- range $at, $workload := .ctx.workloadValues }}
  {{- $scaling := .scaling | default (dict "engine" "none") }}
  {{- if has $scaling.engine (list "hpa" "keda") }}
    {{- if gt (int64 $scaling.min) (int64 $scaling.max) }}
    - {{ $at }}.scaling.min: {{ int64 $scaling.min }} is more than max {{ int64 $scaling.max }}. Lower min, or raise max.
    {{- end }}
    {{- range $direction, $policy := pick $scaling "scaleDown" "scaleUp" }}
      {{- $period := include "audio-processor.seconds" .period | int64 }}
      {{- if or (lt $period 1) (gt $period 1800) }}
      - {{ $at }}.scaling.{{ $direction }}.period: {{ .period }} is not between 1s and 30m, the limits of Kubernetes.
        Set a period in this range.
      {{- end }}
      {{- if gt (include "audio-processor.seconds" .window | int64) 3600 }}
      - {{ $at }}.scaling.{{ $direction }}.window: {{ .window }} is more than 1h, the maximum of Kubernetes.
        Set at most 1h.
      {{- end }}
    {{- end }}
  {{- end }}
  {{- if eq $scaling.engine "hpa" }}
    {{- if and (lt (int64 $scaling.min) 1) (hasKey $scaling "keda") }}
    - {{ $at }}.scaling.min: an HPA does not scale up from 0.
      Set at least 1, or scaling.engine: keda, which scales to zero and back.
    {{- else if lt (int64 $scaling.min) 1 }}
    - {{ $at }}.scaling.min: an HPA does not scale up from 0. Set at least 1.
    {{- end }}
    {{- if not (or $scaling.hpa.cpu $scaling.hpa.memory) }}
    - {{ $at }}.scaling.hpa: without a metric the HPA does not scale. Set cpu or memory, in percent of the request.
    {{- end }}
    {{- range $resource, $percent := $scaling.hpa }}
      {{- $request := get $workload.resources.requests $resource | default 0 }}
      {{- if and $percent (not (include "audio-processor.number" $request | float64)) }}
      - {{ $at }}.scaling.hpa.{{ $resource }}: the target is a percentage of the {{ $resource }} request, and there is none.
        Set {{ $at }}.resources.requests.{{ $resource }}.
      {{- end }}
    {{- end }}
  {{- else if eq $scaling.engine "keda" }}
    {{- $polling := include "audio-processor.seconds" $scaling.keda.pollingInterval | int64 }}
    {{- if not .queueNames }}
    - {{ $at }}.scaling.engine: KEDA scales on the length of the pool's queues, and {{ $at }}.queues is empty.
      Set the queues, or another engine.
    {{- end }}
    {{- if lt $polling 1 }}
    - {{ $at }}.scaling.keda.pollingInterval: KEDA requires at least 1s. Set at least 1s.
    {{- end }}
    {{- if and (lt (int64 $scaling.min) 1) (lt (include "audio-processor.seconds" $scaling.keda.cooldown | int64) $polling) }}
    - {{ $at }}.scaling.keda.cooldown: {{ $scaling.keda.cooldown }} is less than pollingInterval
      {{ $scaling.keda.pollingInterval }}, so that one poll of empty queues would remove the last pod.
      Set at least {{ $scaling.keda.pollingInterval }}.
    {{- end }}
  {{- end }}
{{- end }}
{{- /* KEDA connects to an external broker itself. */}}
{{- $engines := list }}
{{- range .ctx.pools }}
  {{- $engines = append $engines .scaling.engine }}
{{- end }}
{{- if and (has "keda" $engines) (not .ctx.broker.embedded) }}
  {{- with .Values.broker.external }}
    {{- if not .address }}
    - broker.external.address: KEDA connects to the broker itself, and cannot use the URLs in the Secret.
      Set host:port of the broker, or of each Sentinel.
    {{- end }}
    {{- if and .tls.enabled (not .tls.checkHostname) }}
    - broker.external.tls.checkHostname: with false KEDA would verify no certificate, and any server could receive the
      password. Set true, or another engine than keda.
    {{- end }}
  {{- end }}
{{- end }}
{{- /* Only the engine `fixed` uses `replicas`. Inherited from the defaults beside another engine, it is for the other pools. */}}
{{- $workers := .Values.workers }}
{{- $levels := dict "api" .Values.api "workers.defaults" $workers.defaults }}
{{- range $key, $pool := $workers.pools }}
  {{- if dig "enabled" $workers.defaults.enabled $pool }}
    {{- $_ := set $levels (printf "workers.pools.%s" $key) $pool }}
  {{- end }}
{{- end }}
{{- range $at, $values := $levels }}
  {{- $engine := dig "scaling" "engine" $workers.defaults.scaling.engine $values }}
  {{- $replicas := dig "scaling" "replicas" "" $values }}
  {{- if not (or (kindIs "string" $replicas) (eq $engine "fixed")) }}
  - {{ $at }}.scaling.replicas: the engine {{ $engine }} does not use it.
    Remove it or set it to "", and {{ eq $engine "manual" | ternary "use kubectl scale" "set min and max" }} instead.
  {{- end }}
{{- end }}
{{- end }}
