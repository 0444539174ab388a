{{/*
What expressions and dashboards need of the values, as a JSON list of recording rules: thresholds, who reads which queue,
how many pods may run, what has to be there. Expressions themselves know no value but their own alert's.
*/}}
{{- define "audio-processor.records.facts" -}}
{{- $facts := list -}}
{{- range $name, $alert := .Values.monitoring.alerts -}}
  {{- if $alert.enabled -}}
    {{- $values := include "audio-processor.alerts.values" (dict "root" $ "alert" $alert) | fromJson -}}
    {{- range $key, $record := dict "threshold" "alert_threshold" "throttled" "alert_threshold:throttled" -}}
      {{- with get $values $key -}}
        {{- $facts = append $facts (list $record . (dict "alertname" $name)) -}}
      {{- end -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- range $workload := include "audio-processor.scaled" . | fromJsonArray -}}
  {{- $labels := pick $workload "pool" -}}
  {{- if eq $workload.component "api" -}}{{- $labels = dict "component" "api" -}}{{- end -}}
  {{- $bounds := include "audio-processor.records.bounds" $workload | fromJson -}}
  {{- range $bound, $pods := $bounds -}}
    {{- $facts = append $facts (list (printf "pool_replicas:%s" $bound) (toString $pods) $labels) -}}
  {{- end -}}
{{- end -}}
{{- $slow := include "audio-processor.alerts.values" (dict "root" . "alert" .Values.monitoring.alerts.SlowProcessing) | fromJson -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $labels := dict "pool" $pool.key -}}
  {{- range $queue := $pool.queueNames -}}
    {{- $facts = append $facts (list "queue_pool:info" "1" (dict "queue" $queue "pool" $pool.key)) -}}
  {{- end -}}
  {{- if has $pool.scaling.engine (list "hpa" "keda") -}}
    {{- $facts = append $facts (list "pool_autoscaled:info" "1" $labels) -}}
  {{- end -}}
  {{- if not $pool.metrics.enabled -}}
    {{- $facts = append $facts (list "pool_unwatched:info" "1" $labels) -}}
  {{- end -}}
  {{- $seconds := include "audio-processor.seconds" $pool.slowAfter -}}
  {{- $facts = append $facts (list "pool_slow:seconds" (eq $seconds "0" | ternary $slow.threshold $seconds) $labels) -}}
{{- end -}}
{{- range $labels := include "audio-processor.records.expected" . | fromJsonArray -}}
  {{- $facts = append $facts (list "target_expected:info" "1" $labels) -}}
{{- end -}}
{{- $rules := list -}}
{{- range $facts -}}
  {{- $rules = append $rules (dict "record" (printf "audio_processor:%s" (index . 0)) "expr" (printf "vector(%s)" (index . 1)) "labels" (index . 2)) -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{/*
How few and how many pods may run, as JSON. Under the engine `manual` that is the user's word of the day: a pool may
stand at 0 and has no maximum; without the API there is no service.
*/}}
{{- define "audio-processor.records.bounds" -}}
{{- if has .scaling.engine (list "hpa" "keda") -}}
{{- dict "min" (int64 .scaling.min) "max" (int64 .scaling.max) | toJson -}}
{{- else if eq .scaling.engine "fixed" -}}
{{- $replicas := include "audio-processor.replicas" .scaling | int64 -}}
{{- dict "min" $replicas "max" $replicas | toJson -}}
{{- else -}}
{{- dict "min" (eq .component "api" | ternary 1 0) | toJson -}}
{{- end -}}
{{- end -}}

{{/* Labels of each job of which at least one target has to answer, as a JSON list. */}}
{{- define "audio-processor.records.expected" -}}
{{- $expected := list -}}
{{- $unwatched := list -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- if not $pool.metrics.enabled -}}{{- $unwatched = append $unwatched $pool.key -}}{{- end -}}
{{- end -}}
{{- range $workload := include "audio-processor.scaled" . | fromJsonArray -}}
  {{- $bounds := include "audio-processor.records.bounds" $workload | fromJson -}}
  {{- if and (gt (int64 $bounds.min) 0) (not (has ($workload.pool | default "") $unwatched)) -}}
    {{- $labels := pick $workload "component" "pool" -}}
    {{- $expected = append $expected (merge $labels (dict "job" (printf "audio-%s" $workload.component))) -}}
  {{- end -}}
{{- end -}}
{{- if include "audio-processor.brokerExporter.enabled" . -}}
  {{- $expected = append $expected (dict "job" "audio-broker" "component" "broker") -}}
{{- end -}}
{{- if include "audio-processor.flower.enabled" . -}}
  {{- $expected = append $expected (dict "job" "audio-flower" "component" "flower") -}}
{{- end -}}
{{- if .Values.monitoring.gpu.enabled -}}
  {{- $expected = append $expected (dict "job" "audio-gpu" "component" "gpu") -}}
{{- end -}}
{{- if include "audio-processor.monitoring.nodes" . -}}
  {{- $expected = append $expected (dict "job" "kubelet-cadvisor" "component" "monitoring") -}}
{{- end -}}
{{- toJson $expected -}}
{{- end -}}
