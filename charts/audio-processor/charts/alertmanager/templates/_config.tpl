{{/* Data of the ConfigMap. Alertmanager does not reload changed files by itself, so the pod has a checksum of this. */}}
{{- define "audio-processor.alertmanager.files" -}}
alertmanager.yml: |
  {{- include "audio-processor.alertmanager.config" . | nindent 2 }}
messages.tmpl: |
  {{- .Files.Get "files/messages.tmpl" | trim | nindent 2 }}
{{- if .Values.auth.existingSecret }}
# Password of the probes' command.
client.yml: |
  basic_auth:
    username_file: /etc/alertmanager/auth/username
    password_file: /etc/alertmanager/auth/password
{{- end }}
{{- end -}}

{{/* alertmanager.yml. */}}
{{- define "audio-processor.alertmanager.config" -}}
{{- $secretKeys := dict -}}
{{- include "audio-processor.alertmanager.addSecretKeys" (list . $secretKeys) -}}
templates: [/etc/alertmanager/config/*.tmpl]
route:
  # Alerts without a severity too.
  receiver: warning
  group_by: [namespace, release, alertname, component, pool]
  group_wait: {{ .Values.groupWait }}
  group_interval: {{ .Values.groupInterval }}
  repeat_interval: {{ .Values.routes.warning.repeatInterval }}
  routes:
    - matchers: ['alertname="Watchdog"']
      receiver: {{ hasKey $secretKeys "heartbeat" | ternary "heartbeat" "nobody" }}
      group_wait: 0s
      group_interval: {{ .Values.notifications.heartbeat.interval }}
      # Shorter than `group_interval`, so that each interval sends one notification.
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
    {{- $channels := dict "route" $route "notifications" $.Values.notifications "secretKeys" $secretKeys }}
    {{- include "audio-processor.alertmanager.receiver" $channels | replace "\n" "\n    " }}
  {{- end }}
  {{- with $secretKeys.heartbeat }}
  - name: heartbeat
    webhook_configs:
      - {url_file: /etc/alertmanager/secrets/{{ . }}, send_resolved: false}
  {{- end }}
{{- /* Helm passes a null entry to a subchart instead of deleting it. */}}
{{- $inhibitions := list }}
{{- range .Values.inhibitions }}
  {{- with . }}{{ $inhibitions = append $inhibitions . }}{{ end }}
{{- end }}
inhibit_rules:
  {{- range $inhibitions }}
  - source_matchers: {{ toJson .source }}
    target_matchers: {{ toJson .target }}
    equal: {{ toJson .equal }}
  {{- else }}
  []
  {{- end }}
{{- end -}}
