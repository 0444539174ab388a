{{/* Rules of the user's objects. Only the kind of an object is printed. */}}
{{- define "audio-processor.extra.rules" }}
{{- range $key, $object := .Values.extraObjects }}
  {{- with $object }}
    {{- $kind := get . "kind" }}
    {{- $version := get . "apiVersion" }}
    {{- if not (and (kindIs "string" $kind) $kind (kindIs "string" $version) $version) }}
    - extraObjects.{{ $key }}: an object needs apiVersion and kind, both strings. Set them, or null for no object.
    {{- else if eq $kind "Secret" }}
    - extraObjects.{{ $key }}: a Secret in values is stored as plain text in the release.
      Create it with kubectl, or with an ExternalSecret or a SealedSecret.
    {{- else if eq $kind "Namespace" }}
    - extraObjects.{{ $key }}: an uninstall would delete the Namespace with everything in it. Create it with kubectl.
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
