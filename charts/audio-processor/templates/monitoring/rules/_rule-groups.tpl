{{/*
Rules of this release, as the content of a rule file of Prometheus. One group: its rules are evaluated in order, so that
alerts read what was recorded a moment ago.
*/}}
{{- define "audio-processor.ruleGroups" -}}
groups:
- name: audio-processor
  rules:
  {{- include "audio-processor.recordingRules.configuration" . | nindent 2 }}
  {{- include "audio-processor.recordingRules.measurements" . | nindent 2 }}
  {{- include "audio-processor.alertingRules" . | nindent 2 }}
{{- end -}}

{{/*
Labels of a rule: its own and those of every series of this release, whatever the expression keeps of them.

  include "audio-processor.ruleLabels" (list $ (dict "severity" "critical"))
*/}}
{{- define "audio-processor.ruleLabels" -}}
{{- $root := index . 0 -}}
{{- $release := dict "namespace" $root.Release.Namespace "release" (include "audio-processor.monitoring.release" $root) -}}
{{- toYaml (merge $release (index . 1)) -}}
{{- end -}}

{{/* A text with its placeholders filled: (list "over ${window}" (dict "window" "5m")). */}}
{{- define "audio-processor.interpolate" -}}
{{- $text := index . 0 -}}
{{- range $key, $value := index . 1 -}}
  {{- $text = replace (printf "${%s}" $key) (toString $value) $text -}}
{{- end -}}
{{- $text -}}
{{- end -}}

{{/* A PromQL expression with its placeholders filled and without its comments, which are about the file. */}}
{{- define "audio-processor.expression" -}}
{{- $text := regexReplaceAll "(?m)^\\s*#.*\n" (index . 0) "" -}}
{{- include "audio-processor.interpolate" (list $text (index . 1)) | trim -}}
{{- end -}}
