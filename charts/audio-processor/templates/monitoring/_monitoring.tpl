{{/*
`$.ctx.monitoring`: who scrapes this release, and by which labels its series are known.

  mode          bundled (the release's own Prometheus), operator (the Prometheus of the cluster), or ""
  namespace     of the servers and of what they mount
  release       label `release` of every series, which distinguishes two releases in a namespace
  seriesLabels  labels of every series
  selector      the same in PromQL, without braces
  servers       names of Prometheus, Alertmanager and Grafana
  nodes         whether the bundled Prometheus scrapes the kubelets
*/}}
{{- define "audio-processor.context.monitoring" -}}
{{- $mode := "" -}}
{{- if and .Values.enabled .Values.prometheus.enabled -}}
  {{- $mode = "bundled" -}}
{{- else if and .Values.enabled .Values.monitoring.operator.enabled -}}
  {{- $mode = "operator" -}}
{{- end -}}
{{- $release := include "audio-processor.prefix" . | trimSuffix "-" | default "audio-processor" -}}
{{- $servers := dict -}}
{{- range $server := list "prometheus" "alertmanager" "grafana" -}}
  {{- $_ := set $servers $server (include "audio-processor.monitoring.serverName" (list $ $server)) -}}
{{- end -}}
{{- $_ := set .ctx "monitoring" (dict
      "mode" $mode
      "namespace" (.Values.global.monitoring.namespace | default .Release.Namespace)
      "release" $release
      "seriesLabels" (dict "namespace" .Release.Namespace "release" $release)
      "selector" (printf "namespace=%q,release=%q" .Release.Namespace $release)
      "servers" $servers
      "nodes" (and (eq $mode "bundled") .Values.monitoring.nodes.enabled)) -}}
{{- end -}}

{{/*
Name of a server, as its subchart makes it of the release and of its own `fullnameOverride`; it knows no prefix of this
chart. Further names begin with it: 49 characters leave room for what follows. `(list $ "prometheus")`
*/}}
{{- define "audio-processor.monitoring.serverName" -}}
{{- $root := first . -}}
{{- $server := last . -}}
{{- $release := $root.Release.Name -}}
{{- $name := printf "%s-%s" $release $server -}}
{{- if ne $root.Chart.Name "audio-processor" -}}
  {{- $name = printf "%s-%s-%s" $release $root.Chart.Name $server -}}
{{- else if eq $release $root.Values.global.monitoring.plainRelease -}}
  {{- $name = $server -}}
{{- end -}}
{{- $name = (get $root.Values $server).fullnameOverride | default $name -}}
{{- if gt (len $name) 49 -}}
{{- printf "%s-%s" ($name | trunc 40 | trimSuffix "-") (sha256sum $name | trunc 8) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end -}}
