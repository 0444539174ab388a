
{{/* A quantity as text. A number written without quotes reaches templates as a float, which would print as 1e+09. */}}
{{- define "server.quantity" -}}
{{- if kindIs "string" . -}}
{{- . -}}
{{- else if eq (floor .) (float64 .) -}}
{{- int64 . -}}
{{- else -}}
{{- . -}}
{{- end -}}
{{- end -}}

{{/* Seconds of a duration such as 1h30m. */}}
{{- define "server.seconds" -}}
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
{{- define "server.strategy" -}}
strategy:
  {{- if .Values.persistence.enabled }}
  type: Recreate
  {{- else }}
  type: RollingUpdate
  rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  {{- end }}
{{- end -}}

{{/* Labels of the pod: the selector and what the user adds. Nothing here changes with the chart's version. */}}
{{- define "server.podLabels" -}}
{{- $own := include "server.selectorLabels" . | fromYaml -}}
{{- toYaml (merge $own (dict "app.kubernetes.io/part-of" "audio-processor") .Values.podLabels) -}}
{{- end -}}

{{/*
What the pod says of itself: identity, rights, place, time to stop.

  include "server.pod" (dict "root" $ "token" true)
*/}}
{{- define "server.pod" -}}
{{- $values := .root.Values -}}
serviceAccountName: {{ include "server.name" (dict "root" .root) }}
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
{{- with include "server.scheduling" .root | trim }}
{{ . }}
{{- end }}
terminationGracePeriodSeconds: {{ include "server.seconds" $values.grace }}
{{- end -}}

{{/* Where the pod may run: maps by name become the lists that Kubernetes has; null is no entry. */}}
{{- define "server.scheduling" -}}
{{- $selector := dict "matchLabels" (include "server.selectorLabels" . | fromYaml) -}}
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
{{- define "server.container" -}}
image: {{ include "server.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
resources:
  {{- range $kind, $amounts := .Values.resources }}
  {{- with $amounts }}
  {{ $kind }}:
    {{- range $name, $amount := . }}
    {{ $name }}: {{ include "server.quantity" $amount | quote }}
    {{- end }}
  {{- end }}
  {{- end }}
securityContext:
  {{- toYaml .Values.containerSecurityContext | nindent 2 }}
{{- end -}}

{{/* The volume `data`. */}}
{{- define "server.data" -}}
- name: data
  {{- if .Values.persistence.enabled }}
  persistentVolumeClaim:
    claimName: {{ include "server.claim" . | quote }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ include "server.quantity" .Values.persistence.size | quote }}
  {{- end }}
{{- end -}}

{{/* Name of the claim. */}}
{{- define "server.claim" -}}
{{- .Values.persistence.existingClaim | default (include "server.name" (dict "root" . "suffix" "data")) -}}
{{- end -}}

{{/*
The three probes. A server with a password answers 401 to the kubelet, so there its own tool asks, which reads the password.

  include "server.probes" (dict "root" $ "healthy" "/-/healthy" "ready" "/-/ready" "exec" (dict "healthy" $command "ready" $command))
*/}}
{{- define "server.probes" -}}
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
