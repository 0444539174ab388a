{{/*
`$.ctx.monitoring`: `mode`, what scrapes this release: "bundled" (its own Prometheus), "operator" (the cluster's Prometheus
Operator) or ""; `release`, the value of the label `release` of every series, which distinguishes two releases in a namespace;
`seriesLabels` (labels of every series) and `selector` (the same as label matchers in PromQL, without braces); `namespace` of the servers and of the objects
that they mount; `servers` (names by key: prometheus, alertmanager, grafana); `clusterName` (of objects outside the release's
namespace, unique in the cluster); `kubelets` (the bundled Prometheus scrapes them) and `exporter` (the broker's exporter runs).
*/}}
{{- define "audio-processor.context.monitoring" -}}
{{- $values := .Values.global.monitoring -}}
{{- $mode := .Values.monitoring.operator.enabled | ternary "operator" "" -}}
{{- if .Values.prometheus.enabled -}}
  {{- $mode = "bundled" -}}
{{- end -}}
{{- $release := .ctx.prefix | trimSuffix "-" | default "audio-processor" -}}
{{- /* As the subcharts name their objects: of the release and `fullnameOverride`, without a prefix of this chart. 49
       characters leave room for what follows in a name. */ -}}
{{- $servers := dict -}}
{{- range $server := list "prometheus" "alertmanager" "grafana" -}}
  {{- $name := printf "%s-%s" $.Release.Name $server -}}
  {{- if ne $.Chart.Name "audio-processor" -}}
    {{- $name = printf "%s-%s-%s" $.Release.Name $.Chart.Name $server -}}
  {{- else if eq $.Release.Name $values.unprefixedRelease -}}
    {{- $name = $server -}}
  {{- end -}}
  {{- $name = (get $.Values $server).fullnameOverride | default $name -}}
  {{- if gt (len $name) 49 -}}
    {{- $name = printf "%s-%s" ($name | trunc 40 | trimSuffix "-") (sha256sum $name | trunc 8) -}}
  {{- end -}}
  {{- $_ := set $servers $server $name -}}
{{- end -}}
{{- $_ := set .ctx "monitoring" (dict
      "mode" $mode
      "release" $release
      "seriesLabels" (dict "namespace" .Release.Namespace "release" $release)
      "selector" (printf "namespace=%q,release=%q" .Release.Namespace $release)
      "namespace" ($values.namespace | default .Release.Namespace)
      "servers" $servers
      "clusterName" (printf "%s-%s" $servers.prometheus .Release.Namespace)
      "kubelets" (and (eq $mode "bundled") .Values.monitoring.nodes.enabled)
      "exporter" (and (ne $mode "") .Values.monitoring.brokerExporter.enabled)) -}}
{{- end -}}

{{/*
Metadata of an object beside the servers, in their namespace.

  include "audio-processor.monitoring.metadata" (dict "root" $ "name" $name)
*/}}
{{- define "audio-processor.monitoring.metadata" -}}
name: {{ .name }}
{{- if ne .root.ctx.monitoring.namespace .root.Release.Namespace }}
namespace: {{ .root.ctx.monitoring.namespace | quote }}
{{- end }}
labels:
  {{- include "audio-processor.labels" (dict "root" .root "component" "monitoring") | nindent 2 }}
{{- end -}}
