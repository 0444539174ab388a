{{/* alertmanager.yml. */}}
{{- define "alertmanager.config" -}}
{{- $channels := include "alertmanager.channels" . | fromJson -}}
templates: [/etc/alertmanager/config/*.tmpl]
route:
  # What has no severity is told like a warning: better than not at all.
  receiver: warning
  group_by: [namespace, release, alertname]
  group_wait: {{ .Values.groupWait }}
  group_interval: {{ .Values.groupInterval }}
  repeat_interval: {{ .Values.routes.warning.repeatInterval }}
  routes:
    - matchers: ['alertname="Watchdog"']
      receiver: {{ empty $channels.heartbeat | ternary "nobody" "heartbeat" }}
      group_wait: 0s
      group_interval: {{ .Values.notifications.heartbeat.interval }}
      # Shorter than the interval: each look at the group is a call.
      repeat_interval: 1s
    - matchers: ['severity="none"']
      receiver: nobody
    - matchers: ['severity="critical"']
      receiver: critical
      repeat_interval: {{ .Values.routes.critical.repeatInterval }}
receivers:
  - name: nobody
  {{- range $severity, $route := .Values.routes }}
  - name: {{ $severity }}
    {{- with include "alertmanager.receiver" (dict "root" $ "route" $route) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- with $channels.heartbeat }}
  - name: heartbeat
    webhook_configs:
      - {url_file: /etc/alertmanager/secrets/{{ . }}, send_resolved: false}
  {{- end }}
inhibit_rules:
  {{- range include "alertmanager.inhibitions" . | fromJsonArray }}
  - source_matchers: {{ toJson .source }}
    target_matchers: {{ toJson .target }}
    equal: {{ toJson .equal }}
  {{- else }}
  []
  {{- end }}
{{- end -}}

{{/* The inhibitions as a JSON list, without those that null removed: Helm hands it down to a subchart. */}}
{{- define "alertmanager.inhibitions" -}}
{{- $kept := list -}}
{{- range .Values.inhibitions -}}
  {{- with . }}{{ $kept = append $kept . }}{{ end -}}
{{- end -}}
{{- toJson $kept -}}
{{- end -}}

{{/* Commands of the probes of a server with a password, as JSON; empty without one. */}}
{{- define "alertmanager.askWithPassword" -}}
{{- $commands := dict -}}
{{- if .Values.auth.existingSecret -}}
  {{- $url := printf "http://127.0.0.1:9093%s" (include "alertmanager.path" .Values.global.monitoring.prefixes.alertmanager) -}}
  {{- $command := list "amtool" "cluster" "show" (printf "--alertmanager.url=%s" $url) "--http.config.file=/etc/alertmanager/config/client.yml" -}}
  {{- $commands = dict "healthy" $command "ready" $command -}}
{{- end -}}
{{- toJson $commands -}}
{{- end -}}

{{/* Data of the ConfigMap. Alertmanager loads no changed file by itself, so that the pod carries a checksum of this. */}}
{{- define "alertmanager.files" -}}
alertmanager.yml: |
  {{- include "alertmanager.config" . | nindent 2 }}
messages.tmpl: |
  {{- .Files.Get "files/messages.tmpl" | trim | nindent 2 }}
{{- if .Values.auth.existingSecret }}
# With which the probes ask.
client.yml: |
  basic_auth:
    username_file: /etc/alertmanager/auth/username
    password_file: /etc/alertmanager/auth/password
{{- end }}
{{- end -}}
