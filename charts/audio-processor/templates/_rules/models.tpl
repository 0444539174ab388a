{{/* Rules about the model cache, as a JSON list of problems. */}}
{{- define "audio-processor.rules.models" -}}
{{- $problems := list -}}
{{- with .Values.models -}}
  {{- $perPod := eq .cache.type "emptyDir" -}}
  {{- if and $perPod .cache.existingClaim -}}
    {{- $problems = append $problems (printf "models.cache.existingClaim: nothing would use the claim %s. Set models.cache.type: claim, or remove it." .cache.existingClaim) -}}
  {{- end -}}
  {{- if and $perPod .cache.readOnly -}}
    {{- $problems = append $problems "models.cache.readOnly: the cache of each pod would be empty for ever. Set models.cache.type: claim." -}}
  {{- else if and .cache.readOnly (not .cache.existingClaim) (not .prefetch.enabled) -}}
    {{- $problems = append $problems "models.cache.readOnly: nobody would fill the claim that the chart makes. Set models.prefetch.enabled: true, or models.cache.existingClaim." -}}
  {{- end -}}
  {{- if and $perPod .offline (not (hasKey $.Values.app.env "HF_HOME")) -}}
    {{- $problems = append $problems "models.offline: the cache of each pod begins empty, so every model would be missing. Set models.cache.type: claim, or app.env.HF_HOME to the folder of your image that holds them." -}}
  {{- end -}}
  {{- if .prefetch.enabled -}}
    {{- if $perPod -}}
      {{- $problems = append $problems "models.prefetch.enabled: what the Job fetches would be gone with its pod. Set models.cache.type: claim." -}}
    {{- end -}}
    {{- if not .prefetch.command -}}
      {{- $problems = append $problems "models.prefetch.command: the Job has nothing to run. Set the command that loads your models, as a list." -}}
    {{- end -}}
    {{- if lt (include "audio-processor.seconds" .prefetch.deadline | int64) 1 -}}
      {{- $problems = append $problems "models.prefetch.deadline: Kubernetes takes no less than 1s. Set at least 1s." -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
