{{/* Rules of the model cache and its prefetch Job. */}}
{{- define "audio-processor.models.rules" }}
{{- with .Values.models }}
  {{- $perPod := eq .cache.type "emptyDir" }}
  {{- if and $perPod .cache.existingClaim }}
  - models.cache.existingClaim: no pod mounts the claim {{ .cache.existingClaim }}.
    Set models.cache.type: claim, or remove it.
  {{- end }}
  {{- if and $perPod .cache.readOnly }}
  - models.cache.readOnly: each pod's cache would always be empty. Set models.cache.type: claim.
  {{- else if and .cache.readOnly (not .cache.existingClaim) (not .prefetch.enabled) }}
  - models.cache.readOnly: nothing writes models to the chart's claim.
    Set models.prefetch.enabled: true, or models.cache.existingClaim.
  {{- end }}
  {{- if and $perPod .offline (not (hasKey $.Values.app.env "HF_HOME")) }}
  - models.offline: each pod starts with an empty cache, so that no model can be loaded.
    Set models.cache.type: claim, or app.env.HF_HOME to the image's folder of models.
  {{- end }}
  {{- if .prefetch.enabled }}
    {{- if $perPod }}
    - models.prefetch.enabled: the Job's downloads would be deleted with its pod. Set models.cache.type: claim.
    {{- end }}
    {{- if not .prefetch.command }}
    - models.prefetch.command: the Job has no command. Set the command that loads your models, as a list.
    {{- end }}
    {{- if lt (include "audio-processor.seconds" .prefetch.deadline | int64) 1 }}
    - models.prefetch.deadline: {{ .prefetch.deadline }} is less than 1s, the minimum of Kubernetes. Set at least 1s.
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
