{{/*
Seconds of a duration such as 1h30m, 15m or 90s; 0 for an empty one.

  include "audio-processor.seconds" "1h30m" | int64
*/}}
{{- define "audio-processor.seconds" -}}
{{- $units := dict "h" 3600 "m" 60 "s" 1 -}}
{{- $total := 0 -}}
{{- range $part := regexFindAll "[0-9]+[hms]" . -1 -}}
  {{- $unit := regexFind "[hms]" $part -}}
  {{- $total = add $total (mul (trimSuffix $unit $part | atoi) (get $units $unit)) -}}
{{- end -}}
{{- $total -}}
{{- end -}}

{{/*
The number that a quantity such as 1.5Gi or 500m stands for.

  include "audio-processor.number" "500m" | float64
*/}}
{{- define "audio-processor.number" -}}
{{- $factors := dict "" 1 "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18
      "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- $text := include "audio-processor.quantity" . -}}
{{- $number := regexFind "^[0-9]+(\\.[0-9]+)?" $text -}}
{{- mulf (float64 $number) (get $factors (trimPrefix $number $text) | float64) -}}
{{- end -}}

{{/*
Whole bytes of a quantity such as 1.5Gi, 500M or 1073741824.

  include "audio-processor.bytes" "2Gi" | int64
*/}}
{{- define "audio-processor.bytes" -}}
{{- include "audio-processor.number" . | float64 | int64 -}}
{{- end -}}

{{/*
A quantity as text. A number written without quotes reaches templates as a float, which would print as 1e+09.

  include "audio-processor.quantity" 1000000000
*/}}
{{- define "audio-processor.quantity" -}}
{{- if kindIs "string" . -}}
{{- . -}}
{{- else if eq (floor .) (float64 .) -}}
{{- int64 . -}}
{{- else -}}
{{- . -}}
{{- end -}}
{{- end -}}

{{/*
A number of pods or a percentage, as Kubernetes' IntOrString.

  include "audio-processor.amount" "25%"
*/}}
{{- define "audio-processor.amount" -}}
{{- if kindIs "string" . }}{{ . | quote }}{{ else }}{{ int64 . }}{{ end -}}
{{- end -}}
