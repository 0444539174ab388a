{{/* Rules of names, URLs and environment variables. No value is printed that may contain a password. */}}
{{- define "audio-processor.config.rules" }}
{{- $secret := .Values.secrets.name }}
{{- $prefix := .ctx.prefix }}
{{- if and $prefix (not (regexMatch "^[a-z][-a-z0-9]*$" $prefix)) }}
- fullnameOverride: all names would begin with {{ $prefix }}, but the name of a Service begins with a letter and contains
  only a-z, 0-9 and -. Set fullnameOverride, or another release name.
{{- end }}
{{- range $at, $keys := dict "app.s3.endpoint" "S3_ACCESS_KEY and S3_SECRET_KEY" "app.masterml.url" "MASTERML_TOKEN" }}
  {{- $url := eq $at "app.s3.endpoint" | ternary $.Values.app.s3.endpoint $.Values.app.masterml.url }}
  {{- if contains "@" ($url | trimPrefix "https://" | trimPrefix "http://" | splitList "/" | first) }}
  - {{ $at }}: credentials in a URL are stored as plain text in the ConfigMap and in the release.
    Remove the part before the @, and set {{ $keys }} in the Secret {{ $secret }}.
  {{- end }}
{{- end }}
{{- /* Also of sections and profiles that run nothing now: their values are in the release as well. Of `workers`, pools inherit. */}}
{{- $sections := dict }}
{{- range $name, $profile := .Values.workers.profiles }}
  {{- $_ := set $sections (printf "workers.profiles.%s" $name) $profile }}
{{- end }}
{{- range $at, $section := omit .Values "workers" "extraObjects" }}
  {{- $_ := set $sections $at $section }}
  {{- range $key, $below := kindIs "map" $section | ternary $section dict }}
    {{- $_ := set $sections (printf "%s.%s" $at $key) $below }}
  {{- end }}
{{- end }}
{{- $environments := dict }}
{{- range list $sections .ctx.workloadValues }}
  {{- range $at, $section := . }}
    {{- if and (kindIs "map" $section) (hasKey $section "env") }}
      {{- $env := dict }}
      {{- include "audio-processor.overlay" (list $env $section.env) }}
      {{- $_ := set $environments (printf "%s.env" $at) $env }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range $at, $env := $environments }}
  {{- range $name := keys . | sortAlpha }}
    {{- if has . (list "S3_ACCESS_KEY" "S3_SECRET_KEY" "REDIS_PASSWORD" "MASTERML_TOKEN" "HF_TOKEN" "HUGGINGFACE_TOKEN" "FLOWER_BASIC_AUTH") }}
    - {{ $at }}.{{ . }}: secrets in values are stored as plain text in the release and in the workload.
      Remove it, and set it in the Secret {{ $secret }}.
    {{- else if has . (list "CELERY_BROKER_URL" "CELERY_BROKER_READ_URL" "CELERY_BROKER_WRITE_URL" "CELERY_RESULT_BACKEND") }}
    - {{ $at }}.{{ . }}: all processes must use one broker, and its URL may contain a password.
      Set broker.mode: external, and set the URL in the Secret {{ $secret }}.
    {{- else if has . (list "CELERY_CONFIG_MODULE" "AUDIO_PROCESSOR_POOL" "AUDIO_PROCESSOR_HEALTH_DIR") }}
    - {{ $at }}.{{ . }}: the chart sets it; another value breaks delivery or the probes. Remove it.
    {{- else if eq . "PROMETHEUS_MULTIPROC_DIR" }}
    - {{ $at }}.PROMETHEUS_MULTIPROC_DIR: only workers have a sidecar that exports these files, and the chart sets it for
      them. Remove it, and see workers.defaults.metrics.
    {{- else if and (eq . "PYTHONPATH") (not (has "/etc/audio-processor" (splitList ":" $env.PYTHONPATH))) }}
    - {{ $at }}.PYTHONPATH: without /etc/audio-processor Celery cannot import the chart's module, and no process starts.
      Add /etc/audio-processor, or set app.codeDirectory instead.
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
