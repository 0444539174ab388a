{{- define "audio-processor.monitoring.mode" -}}{{- include "audio-processor.context" . -}}{{- .ctx.monitoring.mode -}}{{- end -}}
{{- define "audio-processor.monitoring.release" -}}{{- include "audio-processor.context" . -}}{{- .ctx.monitoring.release -}}{{- end -}}
{{- define "audio-processor.monitoring.namespace" -}}{{- include "audio-processor.context" . -}}{{- .ctx.monitoring.namespace -}}{{- end -}}
{{- define "audio-processor.monitoring.server" -}}{{- include "audio-processor.context" .root -}}{{- get .root.ctx.monitoring.servers .server -}}{{- end -}}
{{- define "audio-processor.monitoring.nodes" -}}{{- include "audio-processor.context" . -}}{{- if .ctx.monitoring.nodes }}true{{ end -}}{{- end -}}
{{- define "audio-processor.monitoring.clusterName" -}}{{- include "audio-processor.context" . -}}{{- printf "%s-%s" .ctx.monitoring.servers.prometheus .Release.Namespace -}}{{- end -}}
