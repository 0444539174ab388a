{{/* Rules of the API. */}}
{{- define "audio-processor.api.rules" }}
{{- with .ctx.api }}
  {{- $minimum := add .preStopSleep 10 }}
  {{- if lt .gracePeriod $minimum }}
  - api.grace: {{ .grace }} leaves less than 10 s for open requests after preStopSleep {{ .preStopSleep }}s.
    Set at least {{ $minimum }}s.
  {{- end }}
{{- end }}
{{- end }}
