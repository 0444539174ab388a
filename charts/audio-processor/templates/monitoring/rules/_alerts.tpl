{{/*
The enabled alerts as alerting rules, from `files/alerts/<Name>.yaml` and `monitoring.alerts.<Name>`. A ratio reads 0.05 in
the expression and 5% in the texts.
*/}}
{{- define "audio-processor.alertingRules" -}}
{{- $selector := include "audio-processor.monitoring.selector" . -}}
{{- range $name, $settings := .Values.monitoring.alerts }}
{{- if $settings.enabled }}
{{- $alert := $.Files.Get (printf "files/alerts/%s.yaml" $name) | fromYaml }}
{{- $numbers := dict "selector" $selector }}
{{- $texts := dict }}
{{- range $key, $value := $alert.values }}
{{- $set := get $settings $key }}
{{- $_ := set $numbers $key (eq $value.unit "tasks" | ternary (int64 $set) $set) }}
{{- $_ := set $texts $key (eq $value.unit "ratio" | ternary (printf "%v%%" (mulf $set 100)) (get $numbers $key)) }}
{{- end }}
{{- $labels := dict "severity" $settings.severity }}
{{- with $alert.component }}
{{- $_ := set $labels "component" . }}
{{- end }}
- alert: {{ $name }}
  annotations:
    dashboard: {{ include "audio-processor.alertingRules.dashboard" (list $ $alert.dashboard) }}
    description: |-
      {{- include "audio-processor.interpolate" (list $alert.description $texts) | nindent 6 }}
    runbook_url: {{ $.Values.monitoring.runbooks | default "docs/runbooks" | trimSuffix "/" }}/{{ $name }}.md
    summary: |-
      {{- include "audio-processor.interpolate" (list $alert.summary $texts) | nindent 6 }}
  expr: |-
    {{- include "audio-processor.expression" (list $alert.expr $numbers) | nindent 4 }}
  {{- with $settings.for }}
  for: {{ . }}
  {{- end }}
  labels:
    {{- include "audio-processor.ruleLabels" (list $ $labels) | nindent 4 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* URL of a dashboard, or its uid while Grafana has no route from outside: (list $ "overview"). */}}
{{- define "audio-processor.alertingRules.dashboard" -}}
{{- $root := index . 0 -}}
{{- $uid := printf "audio-processor-%s" (index . 1) -}}
{{- with $root.Values.global.monitoring -}}
{{- if and .host $root.Values.grafana.enabled -}}
{{ .scheme }}://{{ .host }}{{ .prefixes.grafana | trimSuffix "/" }}/d/{{ $uid }}
{{- else -}}
{{ $uid }}
{{- end -}}
{{- end -}}
{{- end -}}
