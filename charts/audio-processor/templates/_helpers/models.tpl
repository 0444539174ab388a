{{/* Name of the claim under the model cache. */}}
{{- define "audio-processor.models.claim" -}}
{{- .Values.models.cache.existingClaim | default (include "audio-processor.name" (dict "root" . "base" "model-cache")) -}}
{{- end -}}

{{/* Environment of the processes that read models, as JSON, beside `audio-processor.env.libraries`. */}}
{{- define "audio-processor.models.env" -}}
{{- $env := dict -}}
{{- if .Values.models.offline -}}
  {{- $env = dict "HF_HUB_OFFLINE" "1" "TRANSFORMERS_OFFLINE" "1" -}}
{{- end -}}
{{- if .Values.models.cache.readOnly -}}
  {{- /* Code that comes with a model is copied before it is imported. */ -}}
  {{- $_ := set $env "HF_MODULES_CACHE" "/tmp/huggingface-modules" -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}

{{/* What NOTES say of the models. Nothing where each pod downloads its own. */}}
{{- define "audio-processor.models.notes" -}}
{{- with .root.Values.models -}}
{{- if eq .cache.type "claim" -}}
in the claim {{ include "audio-processor.models.claim" $.root }}, which outlives an uninstall
{{- end }}
{{- if .prefetch.enabled }}
{{ $.kubectl }} wait --for condition=complete --timeout {{ .prefetch.deadline }} job/{{ include "audio-processor.models.jobName" $.root }}
{{- if include "audio-processor.models.awaited" $.root }}
workers wait for it: offline, a task without its model would fail
{{- end }}
{{- end }}
{{- end -}}
{{- end -}}
