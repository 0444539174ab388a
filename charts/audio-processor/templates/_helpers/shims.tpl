{{- define "audio-processor.pools" -}}{{- include "audio-processor.context" . -}}{{- toJson .ctx.pools -}}{{- end -}}
{{- define "audio-processor.inherit" -}}{{- $r := dict -}}{{- include "audio-processor.overlay" (prepend . $r) -}}{{- toJson $r -}}{{- end -}}
{{- define "audio-processor.beat.enabled" -}}{{- if and .Values.enabled .Values.beat.enabled }}true{{ end -}}{{- end -}}
{{- define "audio-processor.flower.enabled" -}}{{- if and .Values.enabled .Values.flower.enabled }}true{{ end -}}{{- end -}}
{{- define "audio-processor.broker.embedded" -}}{{- if and .Values.enabled (eq .Values.broker.mode "embedded") }}true{{ end -}}{{- end -}}
{{- define "audio-processor.once" -}}{{- if not (hasKey .root .name) -}}{{- $_ := set .root .name (include .name .root) -}}{{- end -}}{{- get .root .name -}}{{- end -}}
{{- define "audio-processor.monitoring.namespace" -}}{{- include "audio-processor.context" . -}}{{- .ctx.monitoring.namespace -}}{{- end -}}
{{- define "audio-processor.monitoring.server" -}}{{- include "audio-processor.context" .root -}}{{- get .root.ctx.monitoring.servers .server -}}{{- end -}}
{{- define "audio-processor.monitoring.public" -}}{{- include "audio-processor.context" . -}}{{- toJson .ctx.monitoringAccess.routes -}}{{- end -}}
{{- define "audio-processor.monitoring.certificate" -}}{{- include "audio-processor.context" . -}}{{- if .ctx.monitoringAccess.certificate }}true{{ end -}}{{- end -}}
{{- define "audio-processor.monitoring.tlsSecret" -}}{{- include "audio-processor.context" . -}}{{- .ctx.monitoringAccess.tlsSecret -}}{{- end -}}
{{- define "audio-processor.brokerExporter.enabled" -}}{{- include "audio-processor.context" . -}}{{- if .ctx.monitoring.exporter }}true{{ end -}}{{- end -}}
{{- define "audio-processor.keda.pools" -}}{{- include "audio-processor.context" . -}}{{- $p := list -}}{{- range .ctx.pools -}}{{- if eq .scaling.engine "keda" -}}{{- $p = append $p . -}}{{- end -}}{{- end -}}{{- toJson $p -}}{{- end -}}
{{- define "audio-processor.routing.routed" -}}{{- include "audio-processor.context" . -}}{{- if and .Values.enabled .ctx.routing.enabled }}true{{ end -}}{{- end -}}
{{- define "audio-processor.routing.routes" -}}{{- include "audio-processor.context" . -}}{{- toJson .ctx.routing.routes -}}{{- end -}}
