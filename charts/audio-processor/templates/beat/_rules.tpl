{{/* Rules of beat. */}}
{{- define "audio-processor.beat.rules" }}
{{- with .ctx.beat.probes.liveness }}
  {{- if and $.ctx.beat.enabled (lt (include "audio-processor.seconds" .maxAge | int64) 300) }}
  - beat.probes.liveness.maxAge: beat writes its heartbeat once a minute, and later while the broker does not answer, so
    that after {{ .maxAge }} a healthy beat could be restarted. Set at least 5m.
  {{- end }}
{{- end }}
{{- end }}
