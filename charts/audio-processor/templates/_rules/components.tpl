{{/* Rules about beat, as a JSON list of problems. */}}
{{- define "audio-processor.rules.beat" -}}
{{- $problems := list -}}
{{- if include "audio-processor.beat.enabled" . -}}
  {{- with .Values.beat.probes.liveness -}}
    {{- if lt (include "audio-processor.seconds" .maxAge | int64) 300 -}}
      {{- $problems = append $problems (printf "beat.probes.liveness.maxAge: beat touches its heartbeat every minute, and a broker that does not answer may hold it up for some, so at %s a healthy one could be restarted. Set at least 5m." .maxAge) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about Flower, as a JSON list of problems. */}}
{{- define "audio-processor.rules.flower" -}}
{{- $problems := list -}}
{{- if include "audio-processor.flower.enabled" . -}}
  {{- $others := dict
        "FLOWER_URL_PREFIX" "the probes and the routes expect the chart's prefix. Remove it"
        "FLOWER_PORT" "the probes and the Service expect 5555. Set flower.service.port instead"
        "FLOWER_MAX_TASKS" "the chart sets it. Set flower.maxTasks instead"
        "FLOWER_PURGE_OFFLINE_WORKERS" "the chart sets it. Set flower.forgetWorkersAfter instead"
        "FLOWER_UNAUTHENTICATED_API" "Flower would stop workers for anybody who asks. Remove it"
  -}}
  {{- range $name, $why := $others -}}
    {{- if hasKey $.Values.flower.env $name -}}
      {{- $problems = append $problems (printf "flower.env.%s: %s." $name $why) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
