{{/*
Inheritance: what an overlay of values does, for a list of maps in which later ones win.
Maps are merged key by key at every depth, null removes the key, and any other value replaces
the one before it: false, 0, "", [] and {} as well, which sprig's `merge` and `default` would lose.

  include "audio-processor.inherit" (list $defaults $pool) | fromJson

Gives JSON. Numbers come back as floats: print them with `int64` (`100000000` would print as `1e+08`).
*/}}
{{- define "audio-processor.inherit" -}}
{{- $result := dict -}}
{{- range $layer := . -}}
  {{- include "audio-processor.inherit.onto" (list $result $layer) -}}
{{- end -}}
{{- toJson $result -}}
{{- end -}}

{{/*
Puts one layer onto a map of maps that are the caller's own, and prints nothing: a text for each depth would have to be
written and read again at each depth above it.
*/}}
{{- define "audio-processor.inherit.onto" -}}
{{- $result := index . 0 -}}
{{- range $key, $value := index . 1 -}}
  {{- if kindIs "invalid" $value -}}
    {{- $_ := unset $result $key -}}
  {{- else if kindIs "map" $value -}}
    {{- if not (kindIs "map" (get $result $key)) -}}
      {{- $_ := set $result $key (dict) -}}
    {{- end -}}
    {{- include "audio-processor.inherit.onto" (list (get $result $key) $value) -}}
  {{- else -}}
    {{- $_ := set $result $key $value -}}
  {{- end -}}
{{- end -}}
{{- end -}}
