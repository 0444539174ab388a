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
  {{- range $key, $value := $layer -}}
    {{- if kindIs "invalid" $value -}}
      {{- $_ := unset $result $key -}}
    {{- else if kindIs "map" $value -}}
      {{- $before := get $result $key -}}
      {{- $layers := ternary (list $before $value) (list $value) (kindIs "map" $before) -}}
      {{- $_ := set $result $key (include "audio-processor.inherit" $layers | fromJson) -}}
    {{- else -}}
      {{- $_ := set $result $key $value -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $result -}}
{{- end -}}
