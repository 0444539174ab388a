{{/*
What is measured once for alerts and dashboards, as a JSON list of recording rules. The kubelets' series have no label of
ours: they are chosen by the namespace and by the names that the pods of a workload get, which tell component and pool.
*/}}
{{- define "audio-processor.records.measured" -}}
{{- $rules := list -}}
{{- $alerts := .Values.monitoring.alerts -}}
{{- $selector := include "audio-processor.monitoring.selector" . -}}
{{- range $name, $counter := .Files.Get "files/rules/records/increases.yaml" | fromYaml -}}
  {{- $matchers := compact (list $selector $counter.matchers) | join "," -}}
  {{- $window := get (get $alerts $counter.window) "window" -}}
  {{- /* Two scrapes before the window: the targets of a release do not all begin with the same one. */ -}}
  {{- $before := add (include "audio-processor.seconds" $window) (include "audio-processor.seconds" $.Values.global.monitoring.scrapeInterval | int64 | mul 2) -}}
  {{- $values := dict "selector" $selector "matchers" $matchers "metric" $counter.metric "labels" $counter.labels
        "window" $window "before" (printf "%ds" $before) -}}
  {{- $expr := include "audio-processor.alerts.file" (dict "root" $ "file" "records/increase" "values" $values) -}}
  {{- $rules = append $rules (dict "record" (printf "audio_processor:%s:increase" $name) "expr" $expr "labels" dict) -}}
{{- end -}}
{{- range $file, $record := dict "queue_length" "queue_length:tasks" "pool_held" "pool_held:tasks" -}}
  {{- $expr := include "audio-processor.alerts.file" (dict "root" $ "file" (printf "records/%s" $file) "values" (dict "selector" $selector)) -}}
  {{- $rules = append $rules (dict "record" (printf "audio_processor:%s" $record) "expr" $expr "labels" dict) -}}
{{- end -}}
{{- $kind := eq (include "audio-processor.monitoring.mode" .) "bundled" | ternary "cadvisor" "kube-state-metrics" -}}
{{- range $workload := include "audio-processor.records.workloads" . | fromJsonArray -}}
  {{- $pods := printf "namespace=%q,pod=~%q" $.Release.Namespace $workload.pods -}}
  {{- $exported := printf "exported_namespace=%q,exported_pod=~%q" $.Release.Namespace $workload.pods -}}
  {{- $values := dict "pods" $pods "exportedPods" $exported "window" $alerts.CpuHigh.window -}}
  {{- $files := dict "container_cpu" $kind "container_cpu_throttled" "" "container_memory" $kind -}}
  {{- if $workload.gpu -}}{{- $_ := set $files "gpu_memory" "" -}}{{- end -}}
  {{- range $name, $kind := $files -}}
    {{- $file := compact (list (printf "records/%s" $name) $kind) | join "." -}}
    {{- $expr := include "audio-processor.alerts.file" (dict "root" $ "file" $file "values" $values) -}}
    {{- $rules = append $rules (dict "record" (printf "audio_processor:%s:ratio" $name) "expr" $expr "labels" (pick $workload "component" "pool")) -}}
  {{- end -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{/*
Every workload as a JSON list: `component`, `pool`, `gpu`, `pods` (a pattern of the names that its pods get). Kubernetes
cuts what a pod's name is made of after 58 characters, which leaves a long name of ours without its end.
*/}}
{{- define "audio-processor.records.workloads" -}}
{{- $named := list (dict "component" "api" "base" "audio-processor") -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $named = append $named (dict "component" "worker" "pool" $pool.key "gpu" $pool.gpu "base" $pool.base) -}}
{{- end -}}
{{- if include "audio-processor.beat.enabled" . -}}{{- $named = append $named (dict "component" "beat" "base" "audio-beat") -}}{{- end -}}
{{- if include "audio-processor.flower.enabled" . -}}{{- $named = append $named (dict "component" "flower" "base" "flower") -}}{{- end -}}
{{- $workloads := list -}}
{{- range $named -}}
  {{- $name := include "audio-processor.name" (dict "root" $ "base" .base) -}}
  {{- $pods := gt (len $name) 57 | ternary (printf "%s[a-z0-9]{5}" ($name | trunc 58)) (printf "%s-[a-z0-9]{1,10}-?[a-z0-9]{5}" $name) -}}
  {{- $workloads = append $workloads (set . "pods" $pods) -}}
{{- end -}}
{{- if include "audio-processor.broker.embedded" . -}}
  {{- $name := include "audio-processor.name" (dict "root" . "base" "redis" "limit" 52) -}}
  {{- $workloads = append $workloads (dict "component" "broker" "pods" (printf "%s-[0-9]+" $name)) -}}
{{- end -}}
{{- toJson $workloads -}}
{{- end -}}
