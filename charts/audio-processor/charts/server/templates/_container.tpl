{{/* Reference of the image. */}}
{{- define "audio-processor.server.image" -}}
{{- with .Values.image -}}
{{ with .registry }}{{ . }}/{{ end }}{{ .repository }}:{{ .tag }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end -}}

{{/* Fields of every server's container: image, resources, security context. */}}
{{- define "audio-processor.server.container" -}}
image: {{ include "audio-processor.server.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
resources:
  {{- range $kind, $amounts := .Values.resources }}
  {{- with $amounts }}
  {{ $kind }}:
    {{- range $name, $amount := . }}
    {{ $name }}: {{ include "audio-processor.server.quantity" $amount | quote }}
    {{- end }}
  {{- end }}
  {{- end }}
securityContext:
  {{- toYaml .Values.containerSecurityContext | nindent 2 }}
{{- end -}}

{{/*
The three probes. A server with a password answers 401 to the kubelet: there a command in the container, which reads the
password from a file, is the probe.

  include "audio-processor.server.probes" (dict "healthy" "/-/healthy" "ready" "/-/ready" "commands" $commands)

`commands` has a command for `healthy` and for `ready`; without it, the probes are HTTP requests.
*/}}
{{- define "audio-processor.server.probes" -}}
livenessProbe:
  {{- include "audio-processor.server.probeAction" (list . "healthy") | nindent 2 }}
  periodSeconds: 20
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  {{- include "audio-processor.server.probeAction" (list . "ready") | nindent 2 }}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
startupProbe:
  {{- include "audio-processor.server.probeAction" (list . "healthy") | nindent 2 }}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 60
{{- end -}}

{{/*
What a probe does: a command or an HTTP request.

  include "audio-processor.server.probeAction" (list $probes "ready")
*/}}
{{- define "audio-processor.server.probeAction" -}}
{{- $probes := index . 0 -}}
{{- $name := index . 1 -}}
{{- with $probes.commands -}}
exec:
  command:
    {{- toYaml (get . $name) | nindent 4 }}
{{- else -}}
httpGet: {path: {{ get $probes $name }}, port: http}
{{- end -}}
{{- end -}}
