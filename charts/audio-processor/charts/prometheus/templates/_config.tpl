{{/* Address of the server for those in its own pod. */}}
{{- define "prometheus.local" -}}
http://127.0.0.1:9090{{ include "prometheus.path" .Values.global.monitoring.prefixes.prometheus }}
{{- end -}}

{{/*
prometheus.yml. What to scrape, the rules and where alerts go come from files of others, which may be missing.
Retention stands here and not in flags, which Prometheus calls deprecated. It never needs a restart: a change of any
of these files is loaded.
*/}}
{{- define "prometheus.config" -}}
{{- $monitoring := .Values.global.monitoring -}}
{{- $bytes := include "prometheus.bytes" .Values.persistence.size | float64 -}}
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
    metrics_path: {{ include "prometheus.path" $monitoring.prefixes.prometheus }}/metrics
    {{- if .Values.auth.existingSecret }}
    basic_auth:
      username_file: /etc/prometheus/auth/username
      password_file: /etc/prometheus/auth/password
    {{- end }}
    static_configs:
      - targets: [localhost:9090]
  - job_name: alertmanager
    metrics_path: {{ include "prometheus.path" $monitoring.prefixes.alertmanager }}/metrics
    {{- include "prometheus.alertmanager" . | nindent 4 }}
alerting:
  alertmanagers:
    - path_prefix: {{ include "prometheus.path" $monitoring.prefixes.alertmanager }}/
      {{- include "prometheus.alertmanager" . | nindent 6 }}
{{- end -}}

{{/* Where Alertmanager is, and who asks it. */}}
{{- define "prometheus.alertmanager" -}}
{{- if .Values.alertmanager.existingSecret -}}
basic_auth:
  username_file: /etc/prometheus/alertmanager-auth/username
  password_file: /etc/prometheus/alertmanager-auth/password
{{ end -}}
file_sd_configs:
  - files: [/etc/prometheus/alertmanagers/*.yaml]
{{- end -}}

{{/* Whole bytes of a quantity such as 1.5Gi. */}}
{{- define "prometheus.bytes" -}}
{{- $factors := dict "" 1 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18
      "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- $text := include "prometheus.quantity" . -}}
{{- $number := regexFind "^[0-9]+(\\.[0-9]+)?" $text -}}
{{- mulf (float64 $number) (get $factors (trimPrefix $number $text) | float64) | int64 -}}
{{- end -}}

{{/* Commands of the probes of a server with a password, as JSON; empty without one. */}}
{{- define "prometheus.askWithPassword" -}}
{{- $commands := dict -}}
{{- if .Values.auth.existingSecret -}}
  {{- $options := list (printf "--url=%s" (include "prometheus.local" .)) "--http.config.file=/etc/prometheus/config/client.yml" -}}
  {{- range $look := list "healthy" "ready" -}}
    {{- $_ := set $commands $look (concat (list "promtool" "check" $look) $options) -}}
  {{- end -}}
{{- end -}}
{{- toJson $commands -}}
{{- end -}}
