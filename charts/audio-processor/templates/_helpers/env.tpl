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
{{- $secret := .root.Values.secrets.name -}}
{{- $env := dict "HOME" "/work" -}}
{{- range $key := list "S3_ACCESS_KEY" "S3_SECRET_KEY" -}}
  {{- $_ := set $env $key (dict "secret" $secret "key" $key) -}}
{{- end -}}
{{- $all := list (include "audio-processor.env.libraries" .root | fromJson) (include "audio-processor.models.env" .root | fromJson) -}}
{{- if not .gpu -}}
  {{- $all = append $all (include "audio-processor.env.cardless" . | fromJson) -}}
{{- end -}}
{{- $all = concat $all (list (include "audio-processor.env.broker" . | fromJson) $env) -}}
{{- include "audio-processor.inherit" $all -}}
{{- end -}}

{{/* What the application's libraries read, as JSON: where code and models are, and how many threads to start. */}}
{{- define "audio-processor.env.libraries" -}}
{{- $env := dict
      "PYTHONPATH" (printf "%s:/etc/audio-processor" .Values.app.codeDirectory)
      "XDG_CACHE_HOME" "/cache"
      "HF_HOME" "/cache/huggingface"
      "TRANSFORMERS_CACHE" "/cache/transformers"
      "TORCH_HOME" "/cache/torch"
      "TFHUB_CACHE_DIR" "/cache/tfhub"
      "NUMBA_CACHE_DIR" "/tmp/numba"
      "HF_TOKEN" (dict "secret" .Values.secrets.name "key" "HUGGINGFACE_TOKEN" "optional" true)
-}}
{{- range $library := list "OMP" "MKL" "OPENBLAS" "NUMEXPR" "NUMBA" -}}
  {{- $_ := set $env (printf "%s_NUM_THREADS" $library) "1" -}}
{{- end -}}
{{- $_ := set $env "VECLIB_MAXIMUM_THREADS" "1" -}}
{{- toJson $env -}}
{{- end -}}

{{/* What hides the node's cards from a container, as JSON: a CUDA image shows all of them to one that asked for none. */}}
{{- define "audio-processor.env.cardless" -}}
{{- dict "NVIDIA_VISIBLE_DEVICES" "void" "CUDA_VISIBLE_DEVICES" "" | toJson -}}
{{- end -}}
