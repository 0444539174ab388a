{{/* Value of the label `app.kubernetes.io/name`, with the alias of an umbrella chart. */}}
{{- define "audio-processor.server.nameLabel" -}}
{{- $alias := splitList "/charts/" .Template.BasePath | initial | last | default "" -}}
{{- if eq $alias "audio-processor" -}}{{- $alias = "" -}}{{- end -}}
{{- compact (list $alias .Chart.Name) | join "-" | trunc 63 -}}
{{- end -}}

{{/* Labels that select the pod. They never change during the life of a release. */}}
{{- define "audio-processor.server.selectorLabels" -}}
app.kubernetes.io/name: {{ include "audio-processor.server.nameLabel" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: {{ .Chart.Name }}
{{- end -}}

{{/*
Puts the same labels into a map of the caller's.

  include "audio-processor.server.addSelectorLabels" (list $ $labels)
*/}}
{{- define "audio-processor.server.addSelectorLabels" -}}
{{- $root := index . 0 -}}
{{- $labels := index . 1 -}}
{{- $_ := set $labels "app.kubernetes.io/name" (include "audio-processor.server.nameLabel" $root) -}}
{{- $_ := set $labels "app.kubernetes.io/instance" $root.Release.Name -}}
{{- $_ := set $labels "app.kubernetes.io/component" $root.Chart.Name -}}
{{- end -}}

{{/* Labels of the pod: the selector and the user's. None changes with the chart's version. */}}
{{- define "audio-processor.server.podLabels" -}}
{{- $labels := dict "app.kubernetes.io/part-of" "audio-processor" -}}
{{- include "audio-processor.server.addSelectorLabels" (list . $labels) -}}
{{- toYaml (merge $labels .Values.podLabels) -}}
{{- end -}}
