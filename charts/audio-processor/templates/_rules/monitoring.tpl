{{/* Rules about who watches, as a JSON list of problems. */}}
{{- define "audio-processor.rules.monitoring" -}}
{{- $problems := list -}}
{{- $v := .Values -}}
{{- if and $v.prometheus.enabled $v.monitoring.operator.enabled -}}
  {{- $problems = append $problems "monitoring.operator.enabled: beside the bundled Prometheus everything would be scraped and told twice. Set it to false, or prometheus.enabled: false." -}}
{{- end -}}
{{- if and $v.alertmanager.enabled $v.monitoring.operator.enabled (not $v.prometheus.enabled) -}}
  {{- $problems = append $problems "alertmanager.enabled: nothing sends it an alert, for an operator has an Alertmanager of its own, which gets what alertmanager.notifications says. Set it to false, or take the bundled Prometheus in place of the operator." -}}
{{- end -}}
{{- if and $v.grafana.enabled (not $v.grafana.admin.existingSecret) -}}
  {{- $problems = append $problems "grafana.admin.existingSecret: Grafana would start with the password that everybody knows. Set the name of a Secret with GRAFANA_ADMIN_USER and GRAFANA_ADMIN_PASSWORD." -}}
{{- end -}}
{{- if and $v.alertmanager.enabled $v.alertmanager.auth.existingSecret (not $v.prometheus.alertmanager.existingSecret) -}}
  {{- $problems = append $problems (printf "prometheus.alertmanager.existingSecret: Alertmanager asks for a password, and Prometheus has none to send alerts with. Set it to %s." $v.alertmanager.auth.existingSecret) -}}
{{- end -}}
{{- range $server := list "prometheus" "alertmanager" "grafana" -}}
  {{- with get $v $server -}}
    {{- if and .enabled .persistence.existingClaim (not .persistence.enabled) -}}
      {{- $problems = append $problems (printf "%s.persistence.existingClaim: nothing would use the claim %s. Set %s.persistence.enabled: true, or remove it." $server .persistence.existingClaim $server) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- concat $problems (include "audio-processor.rules.monitoring.datasource" . | fromJsonArray) | toJson -}}
{{- end -}}

{{/* Rules about the Prometheus that Grafana asks, as a JSON list of problems. */}}
{{- define "audio-processor.rules.monitoring.datasource" -}}
{{- $problems := list -}}
{{- $prometheus := .Values.prometheus -}}
{{- $server := include "audio-processor.monitoring.server" (dict "root" . "server" "prometheus") -}}
{{- $url := .Values.grafana.datasource.url -}}
{{- if and .Values.grafana.enabled (not $url) -}}
  {{- if not $prometheus.enabled -}}
    {{- $problems = append $problems "grafana.datasource.url: without the bundled Prometheus Grafana has nothing to ask. Set the URL of yours, as http://prometheus-operated.monitoring.svc:9090, or prometheus.enabled: true." -}}
  {{- else if or $prometheus.fullnameOverride (ne (int64 $prometheus.service.port) 9090) -}}
    {{- $problems = append $problems (printf "grafana.datasource.url: Grafana cannot know another name or port of Prometheus than the usual one. Set it to http://%s-service.%s.svc:%d%s." $server (include "audio-processor.monitoring.namespace" .) (int64 $prometheus.service.port) (trimSuffix "/" .Values.global.monitoring.prefixes.prometheus)) -}}
  {{- end -}}
{{- end -}}
{{- if and .Values.grafana.enabled $prometheus.enabled $prometheus.auth.existingSecret (not .Values.grafana.datasource.existingSecret) -}}
  {{- if or (not $url) (hasPrefix (printf "http://%s-service." $server) $url) -}}
    {{- $problems = append $problems (printf "grafana.datasource.existingSecret: Prometheus asks for a password, and Grafana has none. Set it to %s." $prometheus.auth.existingSecret) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules of a chart that is switched off, as a JSON list of problems: Helm asks a subchart's condition alone. */}}
{{- define "audio-processor.rules.off" -}}
{{- $problems := list -}}
{{- range $server := list "prometheus" "alertmanager" "grafana" -}}
  {{- if get (get $.Values $server) "enabled" -}}
    {{- $problems = append $problems (printf "%s.enabled: with enabled: false its server would stay, and have nothing to watch. Set it to false." $server) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
