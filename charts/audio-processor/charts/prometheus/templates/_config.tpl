{{/* Data of the ConfigMap. Prometheus reloads a changed file without a restart. */}}
{{- define "audio-processor.prometheus.files" -}}
prometheus.yml: |
  {{- include "audio-processor.prometheus.config" . | nindent 2 }}
{{- if .Values.auth.existingSecret }}
# Password of the probes' command.
client.yml: |
  basic_auth:
    username_file: /etc/prometheus/auth/username
    password_file: /etc/prometheus/auth/password
{{- end }}
{{- end -}}

{{/*
prometheus.yml. Scrape jobs, rules and the addresses of Alertmanager are files of ConfigMaps that may be missing.
Retention is set here, because Prometheus has deprecated its flags.
*/}}
{{- define "audio-processor.prometheus.config" -}}
{{- $monitoring := .Values.global.monitoring -}}
{{- $bytes := include "audio-processor.prometheus.bytes" .Values.persistence.size | float64 -}}
global:
  scrape_interval: {{ $monitoring.scrapeInterval }}
  evaluation_interval: {{ .Values.evaluationInterval }}
  {{- with .Values.externalLabels }}
  external_labels:
    {{- range $name, $value := . }}
    {{ $name | quote }}: {{ $value | quote }}
    {{- end }}
  {{- end }}
storage:
  tsdb:
    retention:
      time: {{ .Values.retention.time }}
      size: {{ mulf $bytes .Values.retention.percent 0.01 | int64 }}B
rule_files: [/etc/prometheus/rules/*.yaml, /etc/prometheus/extra-rules/*.yaml]
scrape_config_files: [/etc/prometheus/scrape/*.yaml, /etc/prometheus/extra-scrape/*.yaml]
scrape_configs:
  - job_name: prometheus
    metrics_path: {{ $monitoring.prefixes.prometheus | trimSuffix "/" }}/metrics
    {{- if .Values.auth.existingSecret }}
    basic_auth:
      username_file: /etc/prometheus/auth/username
      password_file: /etc/prometheus/auth/password
    {{- end }}
    static_configs:
      - targets: [localhost:9090]
  - job_name: alertmanager
    metrics_path: {{ $monitoring.prefixes.alertmanager | trimSuffix "/" }}/metrics
    {{- include "audio-processor.prometheus.alertmanager" . | nindent 4 }}
alerting:
  alertmanagers:
    - path_prefix: {{ $monitoring.prefixes.alertmanager | trimSuffix "/" }}/
      {{- include "audio-processor.prometheus.alertmanager" . | nindent 6 }}
{{- end -}}

{{/* Addresses of Alertmanager, and the password for it. */}}
{{- define "audio-processor.prometheus.alertmanager" -}}
{{- if .Values.alertmanager.existingSecret -}}
basic_auth:
  username_file: /etc/prometheus/alertmanager-auth/username
  password_file: /etc/prometheus/alertmanager-auth/password
{{ end -}}
file_sd_configs:
  - files: [/etc/prometheus/alertmanagers/*.yaml]
{{- end -}}

{{/* Whole bytes of a quantity such as 1.5Gi. */}}
{{- define "audio-processor.prometheus.bytes" -}}
{{- $factors := dict "" 1 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18
      "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- $text := include "audio-processor.server.quantity" . -}}
{{- $number := regexFind "^[0-9]+(\\.[0-9]+)?" $text -}}
{{- mulf (float64 $number) (get $factors (trimPrefix $number $text) | float64) | int64 -}}
{{- end -}}
