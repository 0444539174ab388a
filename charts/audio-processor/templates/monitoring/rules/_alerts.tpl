{{/*
`$.ctx.alerts`: the enabled alerts, from `files/alerts/<Name>.yaml` and `monitoring.alerts.<Name>`; none where nothing
evaluates rules. Each has `name`, `for`, `labels`, `annotations`, `expr`, and `thresholds`: by the name of the series that
records it a number. A ratio reads 0.05 in the expression and 5% in the annotations.
*/}}
{{- define "audio-processor.context.alerts" -}}
{{- $alerts := list -}}
{{- range $name, $settings := ne .ctx.monitoring.mode "" | ternary .Values.monitoring.alerts dict -}}
  {{- if $settings.enabled -}}
    {{- $file := $.Files.Get (printf "files/alerts/%s.yaml" $name) | fromYaml -}}
    {{- $numbers := dict "selector" $.ctx.monitoring.selector -}}
    {{- $texts := dict -}}
    {{- $thresholds := dict -}}
    {{- range $key, $value := $file.values -}}
      {{- $number := get $settings $key -}}
      {{- $text := $number -}}
      {{- $recorded := $number -}}
      {{- if eq $value.unit "count" -}}
        {{- $number = int64 $number -}}
        {{- $text = $number -}}
        {{- $recorded = $number -}}
      {{- else if eq $value.unit "ratio" -}}
        {{- $text = printf "%v%%" (mulf $number 100) -}}
      {{- else if eq $value.unit "duration" -}}
        {{- $recorded = include "audio-processor.seconds" $number -}}
      {{- else -}}
        {{- $unit := printf "files/alerts/%s.yaml: values.%s.unit: %v" $name $key $value.unit -}}
        {{- fail (printf "%s is not known. Add it to templates/monitoring/rules/_alerts.tpl, or set another unit." $unit) -}}
      {{- end -}}
      {{- $_ := set $numbers $key $number -}}
      {{- $_ := set $texts $key $text -}}
      {{- if ne $key "window" -}}
        {{- $series := eq $key "threshold" | ternary "alert_threshold" (printf "alert_threshold:%s" $key) -}}
        {{- $_ := set $thresholds $series $recorded -}}
      {{- end -}}
    {{- end -}}
    {{- $labels := dict "severity" $settings.severity -}}
    {{- with $file.component -}}
      {{- $_ := set $labels "component" . -}}
    {{- end -}}
    {{- $runbooks := $.Values.monitoring.runbooks | default "docs/runbooks" | trimSuffix "/" -}}
    {{- $alerts = append $alerts (dict
          "name" $name
          "for" ($settings.for | default "")
          "labels" (merge $labels $.ctx.monitoring.seriesLabels)
          "thresholds" $thresholds
          "expr" (include "audio-processor.expression" (list $file.expr $numbers))
          "summary" (include "audio-processor.interpolate" (list $file.summary $texts))
          "description" (include "audio-processor.interpolate" (list $file.description $texts))
          "dashboard" (include "audio-processor.alerts.dashboard" (list $ $file.dashboard))
          "runbook" (printf "%s/%s.md" $runbooks $name)) -}}
  {{- end -}}
{{- end -}}
{{- $_ := set .ctx "alerts" $alerts -}}
{{- end -}}

{{/* URL of a dashboard, or its uid while Grafana has no route from outside: (list $ "overview"). */}}
{{- define "audio-processor.alerts.dashboard" -}}
{{- $root := first . -}}
{{- $uid := printf "audio-processor-%s" (last .) -}}
{{- with $root.Values.global.monitoring -}}
{{- if and .host $root.Values.grafana.enabled -}}
{{ .scheme }}://{{ .host }}{{ .prefixes.grafana | trimSuffix "/" }}/d/{{ $uid }}
{{- else -}}
{{ $uid }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Alerting rules of a rule group: one for each of `$.ctx.alerts`. */}}
{{- define "audio-processor.alertingRules" -}}
{{- range .ctx.alerts }}
- alert: {{ .name }}
  annotations:
    dashboard: {{ .dashboard }}
    description: |-
      {{- .description | nindent 6 }}
    runbook_url: {{ .runbook }}
    summary: |-
      {{- .summary | nindent 6 }}
  expr: |-
    {{- .expr | nindent 4 }}
  {{- with .for }}
  for: {{ . }}
  {{- end }}
  labels:
    {{- toYaml .labels | nindent 4 }}
{{- end }}
{{- end -}}
