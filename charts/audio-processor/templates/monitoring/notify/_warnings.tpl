{{/* Severities that no enabled channel receives, joined by " or ". */}}
{{- define "audio-processor.notifications.silent" -}}
{{- $silent := list -}}
{{- range $severity, $route := .Values.alertmanager.routes -}}
  {{- $received := false -}}
  {{- range $channel, $settings := omit $.Values.alertmanager.notifications "heartbeat" -}}
    {{- $received = or $received (and $settings.enabled (get $route $channel)) -}}
  {{- end -}}
  {{- if not $received -}}
    {{- $silent = append $silent $severity -}}
  {{- end -}}
{{- end -}}
{{- join " or " $silent -}}
{{- end -}}

{{/* Warnings, one on each line. */}}
{{- define "audio-processor.notifications.warnings" -}}
{{- $mode := .ctx.monitoring.mode -}}
{{- $alertmanager := .Values.alertmanager -}}
{{- $silent := include "audio-processor.notifications.silent" . -}}
{{- if and (eq $mode "bundled") (not $alertmanager.enabled) }}
No notification is sent: alertmanager.enabled is false.
{{- end }}
{{- if and (eq $mode "operator") (not .ctx.notifications.operatorKeys) }}
Without a channel in alertmanager.notifications there is no AlertmanagerConfig: the routes of your Alertmanager apply.
{{- else if and $silent (or $alertmanager.enabled (eq $mode "operator")) }}
No channel receives alerts of severity {{ $silent }}. Set alertmanager.notifications and alertmanager.routes.
{{- end }}
{{- if and $alertmanager.enabled (not $mode) }}
No Prometheus of this release sends alerts to Alertmanager: add it to yours, or set prometheus.enabled.
{{- end }}
{{- if and .Values.grafana.enabled (not $mode) }}
Grafana has no dashboards: they read what the rules of this chart record. Set prometheus.enabled or monitoring.operator.enabled.
{{- end }}
{{- if and (eq $mode "bundled") (not .Values.monitoring.gpu.enabled) }}
{{- range $pool := .ctx.pools }}
{{- if $pool.gpu }}
The GPUs of {{ $pool.name }} are not monitored, and GpuMemoryHigh cannot fire. Where DCGM's exporter runs, set monitoring.gpu.
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
