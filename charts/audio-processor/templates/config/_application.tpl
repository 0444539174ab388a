{{/*
`$.ctx.application`: what every process of the application has in common. `serviceAccountName`, `celeryModule` (paths of
the Celery module's files), `checksums` (pod annotations that restart a pod when what it reads at its start has changed),
`libraries` (environment that the libraries read), `env` (environment of every process that runs the application's
code: `libraries`, S3 keys), `hideGpus` (environment of containers without a GPU: a CUDA image sees all GPUs of the node) and
`taskDurationBuckets` (bounds of the histograms of task durations, in seconds).
*/}}
{{- define "audio-processor.context.application" -}}
{{- $secret := .Values.secrets.name -}}
{{- $account := .Values.security.serviceAccount -}}
{{- $default := $account.create | ternary (include "audio-processor.name" (list . "ml-service-sa")) "default" -}}
{{- $application := dict "serviceAccountName" ($account.name | default $default) -}}
{{- $libraries := dict
      "PYTHONPATH" (printf "%s:/etc/audio-processor" .Values.app.codeDirectory)
      "XDG_CACHE_HOME" "/cache"
      "HF_HOME" "/cache/huggingface"
      "TRANSFORMERS_CACHE" "/cache/transformers"
      "TORCH_HOME" "/cache/torch"
      "TFHUB_CACHE_DIR" "/cache/tfhub"
      "NUMBA_CACHE_DIR" "/tmp/numba"
      "HF_TOKEN" (dict "secret" $secret "key" "HUGGINGFACE_TOKEN" "optional" true)
      "OMP_NUM_THREADS" "1"
      "MKL_NUM_THREADS" "1"
      "OPENBLAS_NUM_THREADS" "1"
      "NUMEXPR_NUM_THREADS" "1"
      "NUMBA_NUM_THREADS" "1"
      "VECLIB_MAXIMUM_THREADS" "1"
-}}
{{- $_ := set $application "libraries" $libraries -}}
{{- $_ := set $application "env" (merge (dict
      "HOME" "/work"
      "S3_ACCESS_KEY" (dict "secret" $secret "key" "S3_ACCESS_KEY")
      "S3_SECRET_KEY" (dict "secret" $secret "key" "S3_SECRET_KEY")) $libraries) -}}
{{- $_ := set $application "hideGpus" (dict "NVIDIA_VISIBLE_DEVICES" "void" "CUDA_VISIBLE_DEVICES" "") -}}
{{- $module := list -}}
{{- range $path, $_ := .Files.Glob "files/celery/audio_processor_celery/*.py" -}}
  {{- $module = append $module $path -}}
{{- end -}}
{{- $_ := set $application "celeryModule" $module -}}
{{- $buckets := list -}}
{{- range .Values.monitoring.taskDurationBuckets -}}
  {{- $buckets = append $buckets (include "audio-processor.seconds" .) -}}
{{- end -}}
{{- $_ := set $application "taskDurationBuckets" $buckets -}}
{{- $_ := set .ctx "application" $application -}}
{{- $_ := set $application "checksums" (dict
      "checksum/config" (include "audio-processor.config" . | sha256sum | trunc 16)
      "checksum/mounted" (include "audio-processor.mounted" . | sha256sum | trunc 16)
      "checksum/secrets" (printf "%s/%s" $secret .Values.secrets.revision | sha256sum | trunc 16)) -}}
{{- end -}}

{{/* Data of the ConfigMap that the application's processes read: exactly the settings that some process reads. */}}
{{- define "audio-processor.config" -}}
{{- with .Values.app -}}
CORS_ORIGINS: {{ keys .corsOrigins | sortAlpha | toJson | quote }}
LOG_FORMAT: {{ .logFormat | quote }}
LOG_LEVEL: {{ .logLevel | quote }}
MASTERML_URL: {{ .masterml.url | quote }}
S3_BUCKET: {{ .s3.bucket | quote }}
S3_ENDPOINT: {{ .s3.endpoint | quote }}
S3_REGION: {{ .s3.region | quote }}
{{- end -}}
{{- end -}}

{{/*
Data of the ConfigMap that is mounted into API and workers: the Celery module, the drain hook, the program of the metrics
sidecar, and the module that some images lack.
*/}}
{{- define "audio-processor.mounted" -}}
drain.sh: |
  {{- .Files.Get "files/worker/drain.sh" | trim | nindent 2 }}
sidecar.py: |
  {{- .Files.Get "files/worker/sidecar.py" | trim | nindent 2 }}
{{- if .Values.app.includeModule }}
async_unified_celery_tasks.py: |
  {{- .Files.Get "files/worker/async_unified_celery_tasks.py" | trim | nindent 2 }}
{{- end }}
{{- range .ctx.application.celeryModule }}
{{ base . }}: |
  {{- $.Files.Get . | trim | nindent 2 }}
{{- end }}
{{- end -}}
