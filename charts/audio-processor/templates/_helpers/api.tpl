{{/*
Command of the API, in exec form. uvicorn stops waiting for open requests 5 s before the end of the grace period.
Takes the API's values.
*/}}
{{- define "audio-processor.api.command" -}}
{{- $grace := include "audio-processor.seconds" .grace | int64 -}}
{{- $shutdown := sub $grace (include "audio-processor.seconds" .preStopSleep | int64) | add -5 -}}
{{- $command := list "uvicorn" "src.main:app" "--host" "0.0.0.0" "--port" (int64 .port | toString) "--workers" "1"
      "--timeout-graceful-shutdown" (toString $shutdown) -}}
{{- toYaml (.command | default $command) -}}
{{- end -}}

{{/*
Environment of the API.

  include "audio-processor.api.env" (dict "root" $ "api" $api)
*/}}
{{- define "audio-processor.api.env" -}}
{{- $own := include "audio-processor.env.application"
      (dict "root" .root "visibilityTimeout" (include "audio-processor.largestVisibilityTimeout" .root) "gpu" false) | fromJson -}}
{{- $_ := set $own "AUDIO_PROCESSOR_ROLE" "api" -}}
{{- $proxy := include "audio-processor.routing.env" .root | fromJson -}}
{{- include "audio-processor.env" (list $own $proxy .root.Values.app.env .api.env) -}}
{{- end -}}

{{/* HTTP probes of the API. Takes its probes. */}}
{{- define "audio-processor.api.probes" -}}
{{- range $name := list "startup" "readiness" "liveness" }}
{{- $probe := get $ $name }}
{{ $name }}Probe:
  httpGet:
    path: {{ $probe.path | quote }}
    port: http
  {{- include "audio-processor.probeTimings" $probe | nindent 2 }}
{{- end }}
{{- end -}}
