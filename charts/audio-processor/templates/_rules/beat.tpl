{{/* Rules about beat, as a JSON list of problems. */}}
{{- define "audio-processor.rules.beat" -}}
{{- $problems := list -}}
{{- if include "audio-processor.beat.enabled" . -}}
  {{- with .Values.beat.probes.liveness -}}
    {{- if lt (include "audio-processor.seconds" .maxAge | int64) 300 -}}
      {{- $problems = append $problems (printf "beat.probes.liveness.maxAge: beat writes its schedule with a task that is due, otherwise only every 4m, so at %s a healthy one could be restarted. Set at least 5m." .maxAge) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
