{{/*
`$.ctx.models`: `claim` (name of the PersistentVolumeClaim of the model cache), `env` (environment of the processes that read
models), `marker` (file in the cache that the prefetch Job writes after its success; another image, command or environment has
another file, so that workers of a new release wait for their own models), and `workersWaitForPrefetch`: offline, a task
without its model would fail.
*/}}
{{- define "audio-processor.context.models" -}}
{{- $values := .Values.models -}}
{{- $models := dict "claim" ($values.cache.existingClaim | default (include "audio-processor.name" (list . "model-cache"))) -}}
{{- $_ := set $models "workersWaitForPrefetch" (and $values.offline $values.prefetch.enabled) -}}
{{- $env := dict -}}
{{- if $values.offline -}}
  {{- $env = dict "HF_HUB_OFFLINE" "1" "TRANSFORMERS_OFFLINE" "1" -}}
{{- end -}}
{{- if $values.cache.readOnly -}}
  {{- /* Code that comes with a model is copied before it is imported. */ -}}
  {{- $_ := set $env "HF_MODULES_CACHE" "/tmp/huggingface-modules" -}}
{{- end -}}
{{- $_ := set $models "env" $env -}}
{{- if $values.prefetch.enabled -}}
  {{- $job := dict -}}
  {{- include "audio-processor.overlay" (list $job $values.prefetch) -}}
  {{- $image := dict -}}
  {{- include "audio-processor.image" (dict "into" $image "root" . "layers" (list .Values.image)) -}}
  {{- $_ := set $job "image" (pick $image "reference" "tag" "pullPolicy") -}}
  {{- $application := .ctx.application -}}
  {{- $_ := set $job "containerEnv" (list $application.libraries $application.hideGpus (dict "HOME" "/tmp") .Values.app.env $job.env) -}}
  {{- $_ := set $models "job" $job -}}
  {{- $_ := set $models "marker" (printf "/cache/.prefetched-%s" (merge (dict "env" $job.containerEnv) (pick $job "image" "command") | toJson | sha256sum | trunc 10)) -}}
{{- end -}}
{{- $_ := set .ctx "models" $models -}}
{{- end -}}

{{/* Spec of the prefetch Job. The success of the command is recorded in the marker file beside the models. */}}
{{- define "audio-processor.models.jobSpec" -}}
{{- $job := .ctx.models.job -}}
{{- $labels := dict "root" . "component" "models" -}}
backoffLimit: {{ int64 $job.retries }}
activeDeadlineSeconds: {{ include "audio-processor.seconds" $job.deadline }}
template:
  metadata:
    labels:
      {{- include "audio-processor.podLabels" $labels | nindent 6 }}
    annotations:
      # A token that was missing is a reason to try again.
      checksum/secrets: {{ index .ctx.application.checksums "checksum/secrets" | quote }}
  spec:
    {{- include "audio-processor.pod" (merge (dict "scheduling" $job.scheduling) $labels) | nindent 4 }}
    restartPolicy: Never
    terminationGracePeriodSeconds: 10
    containers:
      - name: prefetch
        image: {{ $job.image.reference }}
        imagePullPolicy: {{ $job.image.pullPolicy }}
        command: [sh, -c, '"$@" && touch "$0"', {{ .ctx.models.marker | quote }}]
        args:
          {{- toYaml $job.command | nindent 10 }}
        workingDir: /tmp
        env:
          {{- include "audio-processor.env" $job.containerEnv | trim | nindent 10 }}
        resources:
          {{- include "audio-processor.resources" $job.resources | trim | nindent 10 }}
        securityContext:
          {{- toYaml .Values.security.containerSecurityContext | nindent 10 }}
        volumeMounts:
          - {name: cache, mountPath: /cache}
          - {name: tmp, mountPath: /tmp}
    volumes:
      - name: cache
        persistentVolumeClaim:
          claimName: {{ .ctx.models.claim | quote }}
      - name: tmp
        emptyDir:
          sizeLimit: {{ include "audio-processor.quantity" $job.tmp | quote }}
{{- end -}}
