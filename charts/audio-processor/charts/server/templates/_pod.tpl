{{/*
How a rollout replaces the pod: two pods never share a claim. Data in an emptyDir is lost either way.
*/}}
{{- define "audio-processor.server.strategy" -}}
strategy:
  {{- if .Values.persistence.enabled }}
  type: Recreate
  {{- else }}
  type: RollingUpdate
  rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  {{- end }}
{{- end -}}

{{/*
Fields of the PodSpec beside containers and volumes: identity, permissions, scheduling, termination grace period.

  include "audio-processor.server.pod" (dict "root" $ "token" true)

`token` mounts the service account's token.
*/}}
{{- define "audio-processor.server.pod" -}}
{{- $values := .root.Values -}}
serviceAccountName: {{ include "audio-processor.server.name" (dict "root" .root) }}
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
{{- include "audio-processor.server.scheduling" .root }}
terminationGracePeriodSeconds: {{ include "audio-processor.server.seconds" $values.grace }}
{{- end -}}

{{/* Where the pod may run: maps by name become the lists of Kubernetes; null is no entry. Begins with a newline. */}}
{{- define "audio-processor.server.scheduling" -}}
{{- $selectorLabels := dict -}}
{{- include "audio-processor.server.addSelectorLabels" (list . $selectorLabels) -}}
{{- $nodeSelector := dict -}}
{{- range $label, $value := .Values.scheduling.nodeSelector -}}
  {{- if not (kindIs "invalid" $value) }}{{ $_ := set $nodeSelector $label $value }}{{ end -}}
{{- end -}}
{{- $tolerations := list -}}
{{- range .Values.scheduling.tolerations -}}
  {{- with . }}{{ $tolerations = append $tolerations . }}{{ end -}}
{{- end -}}
{{- $spreads := list -}}
{{- range .Values.scheduling.topologySpreadConstraints -}}
  {{- with . }}{{ $spreads = append $spreads (merge (dict) . (dict "labelSelector" (dict "matchLabels" $selectorLabels))) }}{{ end -}}
{{- end -}}
{{- with $nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.scheduling.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $spreads }}
topologySpreadConstraints:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.scheduling.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* The volume `data`. */}}
{{- define "audio-processor.server.dataVolume" -}}
- name: data
  {{- if .Values.persistence.enabled }}
  persistentVolumeClaim:
    claimName: {{ include "audio-processor.server.claim" . | quote }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ include "audio-processor.server.quantity" .Values.persistence.size | quote }}
  {{- end }}
{{- end -}}
