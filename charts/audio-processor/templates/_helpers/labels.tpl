{{/*
What selects the pods of one workload; never changes during the life of a release.

  include "audio-processor.selectorLabels" (dict "root" $ "component" "worker" "pool" "cpu")
*/}}
{{- define "audio-processor.selectorLabels" -}}
app.kubernetes.io/name: {{ .root.Values.nameOverride | default .root.Chart.Name | quote }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/component: {{ .component }}
{{- with .pool }}
audio-processor/pool: {{ . | quote }}
{{- end }}
{{- end -}}

{{/*
Labels of a pod: the selector and what the user adds. Nothing here changes with the chart's version,
which would restart the pods.

  include "audio-processor.podLabels" (dict "root" $ "component" "api" "labels" $api.podLabels)
*/}}
{{- define "audio-processor.podLabels" -}}
{{- $own := include "audio-processor.selectorLabels" . | fromYaml -}}
{{- toYaml (merge $own (dict "app.kubernetes.io/part-of" "audio-processor") .labels) -}}
{{- end -}}

{{/*
Labels of an object.

  include "audio-processor.labels" (dict "root" $ "component" "api")

`version` is that of what the object runs, where it is not the application.
*/}}
{{- define "audio-processor.labels" -}}
{{ include "audio-processor.selectorLabels" . }}
app.kubernetes.io/part-of: audio-processor
app.kubernetes.io/version: {{ .version | default .root.Chart.AppVersion | trunc 63 | regexFind "[A-Za-z0-9](.*[A-Za-z0-9])?" | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}
