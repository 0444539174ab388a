{{/*
What every pod of the application says: identity, rights, pull secrets, place.

  include "audio-processor.pod" (dict "root" $ "component" "worker" "pool" "cpu" "scheduling" $pool.scheduling)
*/}}
{{- define "audio-processor.pod" -}}
serviceAccountName: {{ include "audio-processor.serviceAccountName" .root | quote }}
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

{{/*
Where pods may run. The values hold maps by name; a spread selects the workload's own pods
unless it says otherwise.

  include "audio-processor.scheduling" (dict "root" $ "component" "api" "scheduling" $api.scheduling)
*/}}
{{- define "audio-processor.scheduling" -}}
{{- $selector := dict "matchLabels" (include "audio-processor.selectorLabels" . | fromYaml) -}}
{{- $tolerations := list -}}
{{- range $toleration := .scheduling.tolerations -}}
  {{- $tolerations = append $tolerations $toleration -}}
{{- end -}}
{{- $spreads := list -}}
{{- range $spread := .scheduling.topologySpreadConstraints -}}
  {{- $spreads = append $spreads (include "audio-processor.inherit" (list (dict "labelSelector" $selector) $spread) | fromJson) -}}
{{- end -}}
{{- with .scheduling.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with include "audio-processor.affinity" (dict "scheduling" .scheduling "selector" $selector) | fromJson }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $spreads }}
topologySpreadConstraints:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .scheduling.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end -}}

{{/*
Affinity as JSON: what the user gives, and the preference for a place where no pod of the workload runs.

  include "audio-processor.affinity" (dict "scheduling" $api.scheduling "selector" $selector) | fromJson
*/}}
{{- define "audio-processor.affinity" -}}
{{- $affinity := .scheduling.affinity -}}
{{- with .scheduling.antiAffinity -}}
  {{- if .weight -}}
    {{- $term := dict "topologyKey" .topologyKey "labelSelector" $.selector -}}
    {{- $own := dict "weight" (int64 .weight) "podAffinityTerm" $term -}}
    {{- $given := dig "podAntiAffinity" "preferredDuringSchedulingIgnoredDuringExecution" list $affinity -}}
    {{- $preferred := dict "preferredDuringSchedulingIgnoredDuringExecution" (append $given $own) -}}
    {{- $affinity = include "audio-processor.inherit" (list $affinity (dict "podAntiAffinity" $preferred)) | fromJson -}}
  {{- end -}}
{{- end -}}
{{- toJson $affinity -}}
{{- end -}}

{{/*
Requests and limits of a container.

  include "audio-processor.resources" $pool.resources
*/}}
{{- define "audio-processor.resources" -}}
{{- range $kind := list "requests" "limits" }}
{{- with get $ $kind }}
{{ $kind }}:
{{- range $name, $amount := . }}
  {{ $name }}: {{ include "audio-processor.quantity" $amount | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
Timings of a probe. Takes the probe's values.
*/}}
{{- define "audio-processor.probeTimings" -}}
periodSeconds: {{ include "audio-processor.seconds" .period }}
timeoutSeconds: {{ include "audio-processor.seconds" .timeout }}
failureThreshold: {{ int64 .failures }}
{{- end -}}
