{{/*
The rules of this release as JSON: one group, what is recorded first, so that an alert reads what is a moment old.

  include "audio-processor.alerts.groups" $ | fromJson

Every rule carries the labels of our series, whatever its expression keeps of them.
*/}}
{{- define "audio-processor.alerts.groups" -}}
{{- $own := dict "namespace" .Release.Namespace "release" (include "audio-processor.monitoring.release" .) -}}
{{- $records := concat
      (include "audio-processor.records.facts" . | fromJsonArray)
      (include "audio-processor.records.measured" . | fromJsonArray) -}}
{{- $rules := list -}}
{{- range $rule := concat $records (include "audio-processor.alerts.rules" . | fromJsonArray) -}}
  {{- $rules = append $rules (set $rule "labels" (merge (dict) $rule.labels $own)) -}}
{{- end -}}
{{- toJson (dict "groups" (list (dict "name" "audio-processor" "rules" $rules))) -}}
{{- end -}}

{{/* The alerts that are enabled, as a JSON list of rules. */}}
{{- define "audio-processor.alerts.rules" -}}
{{- $texts := .Files.Get "files/rules/texts.yaml" | fromYaml -}}
{{- $rules := list -}}
{{- range $name, $alert := .Values.monitoring.alerts -}}
  {{- if $alert.enabled -}}
    {{- $texts := get $texts $name -}}
    {{- $values := include "audio-processor.alerts.values" (dict "root" $ "alert" $alert) | fromJson -}}
    {{- $labels := dict "severity" $alert.severity -}}
    {{- with $texts.component -}}{{- $_ := set $labels "component" . -}}{{- end -}}
    {{- $fill := dict "root" $ "values" $values -}}
    {{- $annotations := dict
          "summary" (include "audio-processor.alerts.fill" (merge (dict "text" $texts.summary) $fill))
          "description" (include "audio-processor.alerts.fill" (merge (dict "text" $texts.description) $fill))
          "dashboard" (include "audio-processor.alerts.dashboard" (dict "root" $ "name" $texts.dashboard))
          "runbook_url" (printf "%s/%s.md" ($.Values.monitoring.runbooks | default "docs/runbooks" | trimSuffix "/") $name) -}}
    {{- $expr := include "audio-processor.alerts.file" (merge (dict "file" $name) $fill) -}}
    {{- $rule := dict "alert" $name "expr" $expr "labels" $labels "annotations" $annotations -}}
    {{- with $alert.for -}}{{- $_ := set $rule "for" . -}}{{- end -}}
    {{- $rules = append $rules $rule -}}
  {{- end -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{/*
What the placeholders of an alert stand for, as JSON; a duration that is a threshold counts in seconds.

  include "audio-processor.alerts.values" (dict "root" $ "alert" .Values.monitoring.alerts.CpuHigh) | fromJson
*/}}
{{- define "audio-processor.alerts.values" -}}
{{- $values := dict "selector" (include "audio-processor.monitoring.selector" .root) -}}
{{- range $key := list "threshold" "throttled" "window" -}}
  {{- if hasKey $.alert $key -}}
    {{- $value := get $.alert $key -}}
    {{- if and (eq $key "threshold") (kindIs "string" $value) -}}
      {{- $value = include "audio-processor.seconds" $value -}}
    {{- else if and (kindIs "float64" $value) (eq (floor $value) $value) -}}
      {{- /* Printed as a float a large number of tasks would read 1e+06. */ -}}
      {{- $value = int64 $value -}}
    {{- end -}}
    {{- $_ := set $values $key (toString $value) -}}
  {{- end -}}
{{- end -}}
{{- toJson $values -}}
{{- end -}}

{{/* A text with its placeholders filled: (dict "text" "over ${window}" "values" (dict "window" "5m")). */}}
{{- define "audio-processor.alerts.fill" -}}
{{- $text := .text -}}
{{- range $key, $value := .values -}}
  {{- $text = replace (printf "${%s}" $key) $value $text -}}
{{- end -}}
{{- $text -}}
{{- end -}}

{{/*
An expression of `files/rules`, filled; its comments stay behind, for they are about the file.

  include "audio-processor.alerts.file" (dict "root" $ "file" "records/queue_length" "values" $values)
*/}}
{{- define "audio-processor.alerts.file" -}}
{{- $text := .root.Files.Get (printf "files/rules/%s.promql" .file) -}}
{{- include "audio-processor.alerts.fill" (dict "text" (regexReplaceAll "(?m)^\\s*#.*\n" $text "") "values" .values) | trim -}}
{{- end -}}

{{/* Where a dashboard is, or its uid while nobody reaches Grafana from outside. */}}
{{- define "audio-processor.alerts.dashboard" -}}
{{- $uid := printf "audio-processor-%s" .name -}}
{{- with .root.Values.global.monitoring -}}
{{- if and .host $.root.Values.grafana.enabled -}}
{{ .scheme }}://{{ .host }}{{ .prefixes.grafana | trimSuffix "/" }}/d/{{ $uid }}
{{- else -}}
{{ $uid }}
{{- end -}}
{{- end -}}
{{- end -}}
