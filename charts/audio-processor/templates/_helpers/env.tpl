{{/*
An `env` list of maps by name, of which later ones win, so that no name comes twice. An entry is text, or a key of
the Secret as `{secret, key, optional}`. Those come first, because `$(NAME)` expands only what stands before.

  include "audio-processor.env" (list $own $.Values.app.env $pool.env)
*/}}
{{- define "audio-processor.env" -}}
{{- $all := dict -}}
{{- range $layer := . -}}
  {{- range $name, $value := $layer -}}{{- $_ := set $all $name $value -}}{{- end -}}
{{- end -}}
{{- range $name, $value := $all -}}
{{- if kindIs "map" $value }}
- name: {{ $name | quote }}
  valueFrom:
    secretKeyRef:
      name: {{ $value.secret | quote }}
      key: {{ $value.key | quote }}
      {{- if $value.optional }}
      optional: true
      {{- end }}
{{- end }}
{{- end }}
{{- range $name, $value := $all }}
{{- if not (kindIs "map" $value) }}
- name: {{ $name | quote }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
Environment of every process that runs the application's code, as JSON for `audio-processor.env`.

  include "audio-processor.env.application" (dict "root" $ "visibilityTimeout" 5400 "gpu" false) | fromJson
*/}}
{{- define "audio-processor.env.application" -}}
{{- $app := .root.Values.app -}}
{{- $secret := .root.Values.secrets.name -}}
{{- $env := dict
      "PYTHONPATH" (printf "%s:/etc/audio-processor" $app.codeDirectory)
      "HOME" "/work"
      "XDG_CACHE_HOME" "/cache"
      "HF_HOME" "/cache/huggingface"
      "TRANSFORMERS_CACHE" "/cache/transformers"
      "TORCH_HOME" "/cache/torch"
      "TFHUB_CACHE_DIR" "/cache/tfhub"
      "NUMBA_CACHE_DIR" "/cache/numba"
-}}
{{- range $library := list "OMP" "MKL" "OPENBLAS" "NUMEXPR" "NUMBA" -}}
  {{- $_ := set $env (printf "%s_NUM_THREADS" $library) "1" -}}
{{- end -}}
{{- $_ := set $env "VECLIB_MAXIMUM_THREADS" "1" -}}
{{- if not .gpu -}}
  {{- range $name, $value := include "audio-processor.env.cardless" . | fromJson -}}{{- $_ := set $env $name $value -}}{{- end -}}
{{- end -}}
{{- range $key := list "S3_ACCESS_KEY" "S3_SECRET_KEY" -}}
  {{- $_ := set $env $key (dict "secret" $secret "key" $key) -}}
{{- end -}}
{{- $_ := set $env "HF_TOKEN" (dict "secret" $secret "key" "HUGGINGFACE_TOKEN" "optional" true) -}}
{{- merge $env (include "audio-processor.env.broker" . | fromJson) | toJson -}}
{{- end -}}

{{/* What hides the node's cards from a container, as JSON: a CUDA image shows all of them to one that asked for none. */}}
{{- define "audio-processor.env.cardless" -}}
{{- dict "NVIDIA_VISIBLE_DEVICES" "void" "CUDA_VISIBLE_DEVICES" "" | toJson -}}
{{- end -}}
