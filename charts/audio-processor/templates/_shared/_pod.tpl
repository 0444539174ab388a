{{/*
Labels of a pod: the selector and what the user adds. Nothing here changes with the chart's version, which would restart
the pods.

  include "audio-processor.podLabels" (dict "root" $ "component" "api" "labels" $api.podLabels)
*/}}
{{- define "audio-processor.podLabels" -}}
{{- $own := include "audio-processor.selectorLabels" . | fromYaml -}}
{{- toYaml (merge $own (dict "app.kubernetes.io/part-of" "audio-processor") (.labels | default dict)) -}}
{{- end -}}

{{/*
What every pod of the application has in common: identity, pull secrets, security context, scheduling.

  include "audio-processor.pod" (dict "root" $ "component" "worker" "pool" "cpu" "scheduling" $pool.scheduling)
*/}}
{{- define "audio-processor.pod" -}}
serviceAccountName: {{ .root.ctx.application.serviceAccountName | quote }}
automountServiceAccountToken: false
# A Service called `api` or `flower` would inject API_PORT=tcp://… and end every process.
enableServiceLinks: false
{{- with include "audio-processor.pullSecrets" .root.Values.image.pullSecrets }}
{{ . }}
{{- end }}
securityContext:
  {{- toYaml .root.Values.security.podSecurityContext | nindent 2 }}
{{- with include "audio-processor.scheduling" . | trim }}
{{ . }}
{{- end }}
{{- end -}}

{{/* `imagePullSecrets` of a map whose keys are the names of Secrets; nothing without one. */}}
{{- define "audio-processor.pullSecrets" -}}
{{- with . -}}
imagePullSecrets:
{{- range $name, $_ := . }}
  - name: {{ $name | quote }}
{{- end }}
{{- end -}}
{{- end -}}

{{/*
Scheduling fields of a pod. The values are maps by name. A topology spread selects the workload's own pods unless it has a
selector; `antiAffinity` prefers a topology without a pod of the workload.

  include "audio-processor.scheduling" (dict "root" $ "component" "api" "scheduling" $api.scheduling)
*/}}
{{- define "audio-processor.scheduling" -}}
{{- $selector := dict "matchLabels" (include "audio-processor.selectorLabels" . | fromYaml) -}}
{{- $affinity := dict -}}
{{- include "audio-processor.overlay" (list $affinity .scheduling.affinity) -}}
{{- with .scheduling.antiAffinity -}}
  {{- if .weight -}}
    {{- $term := dict "topologyKey" .topologyKey "labelSelector" $selector -}}
    {{- $preferred := dig "podAntiAffinity" "preferredDuringSchedulingIgnoredDuringExecution" list $affinity -}}
    {{- $preferred = append $preferred (dict "weight" (int64 .weight) "podAffinityTerm" $term) -}}
    {{- $own := dict "podAntiAffinity" (dict "preferredDuringSchedulingIgnoredDuringExecution" $preferred) -}}
    {{- include "audio-processor.overlay" (list $affinity $own) -}}
  {{- end -}}
{{- end -}}
{{- with .scheduling.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .scheduling.tolerations }}
tolerations:
  {{- range . }}
  - {{ toYaml . | nindent 4 | trim }}
  {{- end }}
{{- end }}
{{- with $affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .scheduling.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- range . }}
  {{- $spread := dict }}
  {{- include "audio-processor.overlay" (list $spread (dict "labelSelector" $selector) .) }}
  - {{ toYaml $spread | nindent 4 | trim }}
  {{- end }}
{{- end }}
{{- with .scheduling.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* Rollout strategy of a Deployment. Takes its values. */}}
{{- define "audio-processor.strategy" -}}
strategy:
  type: {{ .type }}
  {{- if eq .type "RollingUpdate" }}
  rollingUpdate:
    maxSurge: {{ include "audio-processor.intOrString" .maxSurge }}
    maxUnavailable: {{ include "audio-processor.intOrString" .maxUnavailable }}
  {{- end }}
{{- end -}}

{{/*
Seconds until a rollout counts as failed (`progressDeadlineSeconds`): the image pull budget and the startup budget, and
the termination grace period only where the new pod waits until the old one has terminated.

  include "audio-processor.rolloutDeadline" (dict "root" $ "startup" $api.probes.startup "after" $api.grace) | int64
*/}}
{{- define "audio-processor.rolloutDeadline" -}}
{{- $startup := mul (include "audio-processor.seconds" .startup.period) (int64 .startup.failures) -}}
{{- $pull := include "audio-processor.seconds" .root.Values.image.pullBudget -}}
{{- add $pull $startup (include "audio-processor.seconds" (.after | default "")) -}}
{{- end -}}

{{/*
Puts an image onto the map `into`, of layers of which later ones win key by key. A layer that names another repository or
tag drops the digest of the layers before it: a digest would silently win over the new tag.

  {{- $image := dict }}
  {{- include "audio-processor.image" (dict "into" $image "root" $ "layers" (list $.Values.image $api.image)) }}

Afterwards the map has `reference` (registry/repository:tag@digest), `tag` and `pullPolicy`.
*/}}
{{- define "audio-processor.image" -}}
{{- $image := .into -}}
{{- range $layer := .layers -}}
  {{- if and (or (hasKey $layer "repository") (hasKey $layer "tag")) (not (hasKey $layer "digest")) -}}
    {{- $_ := unset $image "digest" -}}
  {{- end -}}
  {{- include "audio-processor.overlay" (list $image $layer) -}}
{{- end -}}
{{- $_ := set $image "tag" ($image.tag | default .root.Chart.AppVersion) -}}
{{- $reference := printf "%s:%s" $image.repository $image.tag -}}
{{- with $image.registry }}{{ $reference = printf "%s/%s" . $reference }}{{ end -}}
{{- with $image.digest }}{{ $reference = printf "%s@%s" $reference . }}{{ end -}}
{{- $_ := set $image "reference" $reference -}}
{{- end -}}

{{/*
`replicas` of a Deployment: a number with the engine `fixed` only, so that no upgrade reverts what another engine decided;
nothing with the others. Takes the workload's `scaling`.
*/}}
{{- define "audio-processor.replicas" -}}
{{- if eq .engine "fixed" -}}
{{- kindIs "string" .replicas | ternary .min .replicas | int64 -}}
{{- end -}}
{{- end -}}
