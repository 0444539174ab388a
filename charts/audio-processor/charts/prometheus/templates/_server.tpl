{{/* Generated from src/generate/server by `npm run generate`; do not edit. */}}

{{/* What stands before every name, dash included. Under an alias of the parent chart the alias is in it. */}}
{{- define "prometheus.prefix" -}}
{{- $alias := include "prometheus.alias" . -}}
{{- if $alias -}}
{{ .Release.Name }}-{{ $alias }}-
{{- else if ne .Release.Name .Values.global.monitoring.plainRelease -}}
{{ .Release.Name }}-
{{- end -}}
{{- end -}}

{{/* Name under which the parent chart is used, where it is not its own; nothing without a parent. */}}
{{- define "prometheus.alias" -}}
{{- $charts := splitList "/charts/" .Template.BasePath | initial -}}
{{- if and $charts (ne (last $charts) "audio-processor") }}{{ last $charts }}{{ end -}}
{{- end -}}

{{/*
Name of an object. That of the server is cut to 49 characters with a hash of the whole, so that every suffix fits: the
parent chart adds its own.

  include "prometheus.name" (dict "root" $ "suffix" "service")

`server` is another server than this one, as this one must know it: its `fullnameOverride` is not seen from here.
*/}}
{{- define "prometheus.name" -}}
{{- $own := .root.Values.fullnameOverride -}}
{{- if or .server (not $own) -}}
  {{- $own = printf "%s%s" (include "prometheus.prefix" .root) (.server | default "prometheus") -}}
{{- end -}}
{{- if gt (len $own) 49 -}}
  {{- $own = printf "%s-%s" ($own | trunc 40 | trimSuffix "-") (sha256sum $own | trunc 8) -}}
{{- end -}}
{{- compact (list $own .suffix) | join "-" -}}
{{- end -}}

{{/* Namespace of the servers. */}}
{{- define "prometheus.namespace" -}}
{{- .Values.global.monitoring.namespace | default .Release.Namespace -}}
{{- end -}}

{{/* What selects the pod; never changes during the life of a release. */}}
{{- define "prometheus.selectorLabels" -}}
app.kubernetes.io/name: {{ compact (list (include "prometheus.alias" .) "prometheus") | join "-" | trunc 63 | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: prometheus
{{- end -}}

{{/*
Metadata of an object.

  include "prometheus.metadata" (dict "root" $ "suffix" "service" "annotations" $annotations)
*/}}
{{- define "prometheus.metadata" -}}
name: {{ include "prometheus.name" . }}
{{- $namespace := include "prometheus.namespace" .root }}
{{- if ne $namespace .root.Release.Namespace }}
namespace: {{ $namespace | quote }}
{{- end }}
labels:
  {{- include "prometheus.selectorLabels" .root | nindent 2 }}
  app.kubernetes.io/part-of: audio-processor
  app.kubernetes.io/version: {{ .root.Values.image.tag | trunc 63 | regexFind "[A-Za-z0-9](.*[A-Za-z0-9])?" | quote }}
  app.kubernetes.io/managed-by: {{ .root.Release.Service }}
  helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with .annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
A path without slash at its end, to stand before others: `` for the whole host.

  include "prometheus.path" $.Values.global.monitoring.prefixes.prometheus
*/}}
{{- define "prometheus.path" -}}
{{- trimSuffix "/" . -}}
{{- end -}}

{{/*
URL of a server inside the cluster, without slash at its end.

  include "prometheus.innerUrl" (dict "root" $ "port" 9090)
*/}}
{{- define "prometheus.innerUrl" -}}
{{- $name := include "prometheus.name" (merge (dict "suffix" "service") .) -}}
{{- $path := include "prometheus.path" (get .root.Values.global.monitoring.prefixes (.server | default "prometheus")) -}}
{{- printf "http://%s.%s.svc:%d%s" $name (include "prometheus.namespace" .root) (int64 .port) $path -}}
{{- end -}}

{{/* URL that the server gives of itself: from outside where there is a host. */}}
{{- define "prometheus.url" -}}
{{- with .Values.global.monitoring -}}
{{- if .host -}}
{{- printf "%s://%s%s" .scheme .host (include "prometheus.path" .prefixes.prometheus) -}}
{{- else -}}
{{- include "prometheus.innerUrl" (dict "root" $ "port" $.Values.service.port) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Reference of the image. */}}
{{- define "prometheus.image" -}}
{{- with .Values.image -}}
{{ with .registry }}{{ . }}/{{ end }}{{ .repository }}:{{ .tag }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end -}}

{{/* A quantity as text. A number written without quotes reaches templates as a float, which would print as 1e+09. */}}
{{- define "prometheus.quantity" -}}
{{- if kindIs "string" . -}}
{{- . -}}
{{- else if eq (floor .) (float64 .) -}}
{{- int64 . -}}
{{- else -}}
{{- . -}}
{{- end -}}
{{- end -}}

{{/* Seconds of a duration such as 1h30m. */}}
{{- define "prometheus.seconds" -}}
{{- $units := dict "h" 3600 "m" 60 "s" 1 -}}
{{- $total := 0 -}}
{{- range $part := regexFindAll "[0-9]+[hms]" . -1 -}}
  {{- $unit := regexFind "[hms]" $part -}}
  {{- $total = add $total (mul (trimSuffix $unit $part | atoi) (get $units $unit)) -}}
{{- end -}}
{{- $total -}}
{{- end -}}

{{/*
How a rollout replaces the pod: two of them never share a claim. What the old pod has in an emptyDir is lost either way.
*/}}
{{- define "prometheus.strategy" -}}
strategy:
  {{- if .Values.persistence.enabled }}
  type: Recreate
  {{- else }}
  type: RollingUpdate
  rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  {{- end }}
{{- end -}}

{{/* Labels of the pod: the selector and what the user adds. Nothing here changes with the chart's version. */}}
{{- define "prometheus.podLabels" -}}
{{- $own := include "prometheus.selectorLabels" . | fromYaml -}}
{{- toYaml (merge $own (dict "app.kubernetes.io/part-of" "audio-processor") .Values.podLabels) -}}
{{- end -}}

{{/*
What the pod says of itself: identity, rights, place, time to stop.

  include "prometheus.pod" (dict "root" $ "token" true)
*/}}
{{- define "prometheus.pod" -}}
{{- $values := .root.Values -}}
serviceAccountName: {{ include "prometheus.name" (dict "root" .root) }}
automountServiceAccountToken: {{ .token }}
# A Service called like the server would inject its address under names that the server reads as options.
enableServiceLinks: false
{{- with $values.pullSecrets }}
imagePullSecrets:
  {{- range $name, $_ := . }}
  - name: {{ $name | quote }}
  {{- end }}
{{- end }}
securityContext:
  {{- toYaml $values.podSecurityContext | nindent 2 }}
{{- with include "prometheus.scheduling" .root | trim }}
{{ . }}
{{- end }}
terminationGracePeriodSeconds: {{ include "prometheus.seconds" $values.grace }}
{{- end -}}

{{/* Where the pod may run: maps by name become the lists that Kubernetes has; null is no entry. */}}
{{- define "prometheus.scheduling" -}}
{{- $selector := dict "matchLabels" (include "prometheus.selectorLabels" . | fromYaml) -}}
{{- $nodes := dict -}}
{{- range $label, $value := .Values.scheduling.nodeSelector -}}
  {{- if not (kindIs "invalid" $value) }}{{ $_ := set $nodes $label $value }}{{ end -}}
{{- end -}}
{{- $tolerations := list -}}
{{- range .Values.scheduling.tolerations -}}
  {{- with . }}{{ $tolerations = append $tolerations . }}{{ end -}}
{{- end -}}
{{- $spreads := list -}}
{{- range .Values.scheduling.topologySpreadConstraints -}}
  {{- with . }}{{ $spreads = append $spreads (merge (dict) . (dict "labelSelector" $selector)) }}{{ end -}}
{{- end -}}
{{- with .Values.scheduling }}
{{- with $nodes }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $spreads }}
topologySpreadConstraints:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What every container says: image, resources, rights. */}}
{{- define "prometheus.container" -}}
image: {{ include "prometheus.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
resources:
  {{- range $kind, $amounts := .Values.resources }}
  {{- with $amounts }}
  {{ $kind }}:
    {{- range $name, $amount := . }}
    {{ $name }}: {{ include "prometheus.quantity" $amount | quote }}
    {{- end }}
  {{- end }}
  {{- end }}
securityContext:
  {{- toYaml .Values.containerSecurityContext | nindent 2 }}
{{- end -}}

{{/* The volume `data`. */}}
{{- define "prometheus.data" -}}
- name: data
  {{- if .Values.persistence.enabled }}
  persistentVolumeClaim:
    claimName: {{ include "prometheus.claim" . | quote }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ include "prometheus.quantity" .Values.persistence.size | quote }}
  {{- end }}
{{- end -}}

{{/* Name of the claim. */}}
{{- define "prometheus.claim" -}}
{{- .Values.persistence.existingClaim | default (include "prometheus.name" (dict "root" . "suffix" "data")) -}}
{{- end -}}

{{/*
The three probes. A server with a password answers 401 to the kubelet, so there its own tool asks, which reads the password.

  include "prometheus.probes" (dict "root" $ "healthy" "/-/healthy" "ready" "/-/ready" "exec" (dict "healthy" $command "ready" $command))
*/}}
{{- define "prometheus.probes" -}}
{{- range $name, $look := dict
      "startup" (list "healthy" 5 60)
      "readiness" (list "ready" 10 3)
      "liveness" (list "healthy" 20 6) }}
{{ $name }}Probe:
  {{- with $.exec }}
  exec:
    command:
      {{- toYaml (get . (first $look)) | nindent 6 }}
  {{- else }}
  httpGet: {path: {{ get $ (first $look) }}, port: http}
  {{- end }}
  periodSeconds: {{ index $look 1 }}
  timeoutSeconds: 5
  failureThreshold: {{ last $look }}
{{- end }}
{{- end -}}
