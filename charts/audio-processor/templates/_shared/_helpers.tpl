{{/*
Name of an object, at most 63 characters: the plain name under the release name `audio-processor`, otherwise with the
release's prefix. A name that is too long ends in a hash of the whole, so that two of them differ.

  include "audio-processor.name" (list $ "redis-service")

A third element is another limit, for kinds whose names enter a label with a suffix (a StatefulSet: 52).
*/}}
{{- define "audio-processor.name" -}}
{{- $limit := gt (len .) 2 | ternary (last .) 63 -}}
{{- $name := printf "%s%s" (first .).ctx.prefix (index . 1) -}}
{{- if gt (len $name) $limit -}}
{{- printf "%s-%s" ($name | trunc (sub $limit 9 | int) | trimSuffix "-") (sha256sum $name | trunc 8) -}}
{{- else -}}
{{- $name -}}
{{- end -}}
{{- end -}}

{{/*
`$.ctx.prefix` of every name, dash included, or "". A parent chart that uses this one under an alias, perhaps twice, gets the
alias in it.
*/}}
{{- define "audio-processor.context.prefix" -}}
{{- $release := .Release.Name -}}
{{- if ne .Chart.Name "audio-processor" -}}
{{- $release = printf "%s-%s" .Release.Name .Chart.Name -}}
{{- end -}}
{{- $prefix := .Values.fullnameOverride | default $release -}}
{{- $_ := set .ctx "prefix" (eq $prefix "audio-processor" | ternary "" (printf "%s-" $prefix)) -}}
{{- end -}}

{{/*
Labels that select the pods of one workload. They never change during the life of a release.

  include "audio-processor.selectorLabels" (dict "root" $ "component" "worker" "pool" "cpu")
*/}}
{{- define "audio-processor.selectorLabels" -}}
app.kubernetes.io/name: {{ .root.Values.nameOverride | default .root.Chart.Name | quote }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/component: {{ .component }}
{{- with .pool }}
audio-processor/pool: {{ . | quote }}
{{- end }}
{{- end -}}

{{/*
Labels of an object. `version` is that of the image it runs; the application's when absent.

  include "audio-processor.labels" (dict "root" $ "component" "api" "version" $api.image.tag)
*/}}
{{- define "audio-processor.labels" -}}
{{ include "audio-processor.selectorLabels" . }}
app.kubernetes.io/part-of: audio-processor
app.kubernetes.io/version: {{ .version | default .root.Chart.AppVersion | trunc 63 | regexFind "[A-Za-z0-9](.*[A-Za-z0-9])?" | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{/*
Overlays maps onto the first one, as `helm -f` does: maps are merged key by key at every depth, null removes the key, any
other value replaces the one before it (also false, 0, "", [] and {}, which sprig's `merge` and `default` lose).
The first map is changed, so it must be the caller's; the others are not. Prints nothing.

  {{- $pool := dict }}
  {{- include "audio-processor.overlay" (list $pool $defaults $own) }}
*/}}
{{- define "audio-processor.overlay" -}}
{{- $target := first . -}}
{{- range $layer := rest . -}}
  {{- range $key, $value := $layer -}}
    {{- if kindIs "invalid" $value -}}
      {{- $_ := unset $target $key -}}
    {{- else if not (kindIs "map" $value) -}}
      {{- $_ := set $target $key $value -}}
    {{- else if or (kindIs "map" (get $target $key)) (contains ":null" (toJson $value)) -}}
      {{- $below := get $target $key -}}
      {{- if not (kindIs "map" $below) }}{{ $below = dict }}{{ end -}}
      {{- include "audio-processor.overlay" (list $below $value) -}}
      {{- $_ := set $target $key $below -}}
    {{- else -}}
      {{- /* Nothing to merge and no null below: a copy is the same, and many times faster. */ -}}
      {{- $_ := set $target $key (deepCopy $value) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end -}}

{{/*
Seconds of a duration such as 1h30m, 15m or 90s; 0 for an empty one.

  include "audio-processor.seconds" "1h30m" | int64
*/}}
{{- define "audio-processor.seconds" -}}
{{- $total := 0 -}}
{{- $rest := . -}}
{{- /* A map is read in the order of its keys: hours, minutes, seconds. */ -}}
{{- range $unit, $seconds := dict "h" 3600 "m" 60 "s" 1 -}}
  {{- if contains $unit $rest -}}
    {{- $parts := splitn $unit 2 $rest -}}
    {{- $total = add $total (mul (atoi $parts._0) $seconds) -}}
    {{- $rest = $parts._1 -}}
  {{- end -}}
{{- end -}}
{{- $total -}}
{{- end -}}

{{/*
A quantity such as 1.5Gi or 500m as a number.

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
A quantity as text. A number without quotes reaches templates as a float, which would print as 1e+09.

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

{{/* A number of pods or a percentage, as Kubernetes' IntOrString: `include "audio-processor.intOrString" "25%"` */}}
{{- define "audio-processor.intOrString" -}}
{{- if kindIs "string" . }}{{ . | quote }}{{ else }}{{ int64 . }}{{ end -}}
{{- end -}}
