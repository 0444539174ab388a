{{/* Rules about objects of the user's own, as a JSON list of problems. Nothing of an object is repeated but its kind. */}}
{{- define "audio-processor.rules.extra" -}}
{{- $problems := list -}}
{{- range $key, $object := .Values.extraObjects -}}
  {{- if $object -}}
    {{- $kind := get $object "kind" -}}
    {{- if not (and (kindIs "string" $kind) $kind (kindIs "string" (get $object "apiVersion")) (get $object "apiVersion")) -}}
      {{- $problems = append $problems (printf "extraObjects.%s: an object has an apiVersion and a kind, both text. Set them, or null for no object." $key) -}}
    {{- else if eq $kind "Secret" -}}
      {{- $problems = append $problems (printf "extraObjects.%s: a Secret in the values is readable in the release and in every backup of it. Make it with kubectl, or let an ExternalSecret or a SealedSecret make it." $key) -}}
    {{- else if eq $kind "Namespace" -}}
      {{- $problems = append $problems (printf "extraObjects.%s: an uninstall would take the Namespace away with all that is in it, the Secrets too. Make it with kubectl." $key) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
