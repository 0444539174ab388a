{{/*
An image of layers, of which later ones win key by key. A layer that names another repository or tag drops the
digest of the layers before it: a digest would win over the new tag without a word.

  include "audio-processor.image" (dict "layers" (list $.Values.image $api.image) "appVersion" $.Chart.AppVersion) | fromJson

Gives JSON with `reference` (registry/repository:tag@digest), `tag` and `pullPolicy`.
*/}}
{{- define "audio-processor.image" -}}
{{- $image := dict -}}
{{- range $layer := .layers -}}
  {{- if and (or (hasKey $layer "repository") (hasKey $layer "tag")) (not (hasKey $layer "digest")) -}}
    {{- $image = omit $image "digest" -}}
  {{- end -}}
  {{- $image = include "audio-processor.inherit" (list $image $layer) | fromJson -}}
{{- end -}}
{{- $tag := $image.tag | default .appVersion -}}
{{- $reference := printf "%s:%s" $image.repository $tag -}}
{{- with $image.registry }}{{ $reference = printf "%s/%s" . $reference }}{{ end -}}
{{- with $image.digest }}{{ $reference = printf "%s@%s" $reference . }}{{ end -}}
{{- dict "reference" $reference "tag" $tag "pullPolicy" $image.pullPolicy | toJson -}}
{{- end -}}

{{/* `imagePullSecrets` of a map whose keys are the names of Secrets. */}}
{{- define "audio-processor.pullSecrets" -}}
{{- with . -}}
imagePullSecrets:
{{- range $name, $_ := . }}
  - name: {{ $name | quote }}
{{- end }}
{{- end -}}
{{- end -}}
