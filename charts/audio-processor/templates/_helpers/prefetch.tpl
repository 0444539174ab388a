{{/*
What the prefetch Job runs, as JSON: `image` (see audio-processor.image), `command`, and `env`, a list of layers for
audio-processor.env.
*/}}
{{- define "audio-processor.models.program" -}}
{{- $job := include "audio-processor.inherit" (list .Values.models.prefetch) | fromJson -}}
{{- $image := include "audio-processor.image" (dict "layers" (list .Values.image) "appVersion" .Chart.AppVersion) | fromJson -}}
{{- $own := list (include "audio-processor.env.libraries" . | fromJson) (include "audio-processor.env.cardless" . | fromJson) (dict "HOME" "/tmp") -}}
{{- dict "image" $image "command" $job.command "env" (concat $own (list .Values.app.env $job.env)) | toJson -}}
{{- end -}}

{{/*
File in the cache that says that this program has succeeded. Another program has another file, so that workers of a new
release wait for their own models; more time or memory for the same one restarts no worker.
*/}}
{{- define "audio-processor.models.marker" -}}
{{- printf "/cache/.prefetched-%s" (include "audio-processor.models.program" . | sha256sum | trunc 10) -}}
{{- end -}}

{{/* Spec of the prefetch Job. The success of the command is written down beside the models. */}}
{{- define "audio-processor.models.job" -}}
{{- $root := . -}}
{{- $job := include "audio-processor.inherit" (list .Values.models.prefetch) | fromJson -}}
{{- $program := include "audio-processor.models.program" . | fromJson -}}
{{- $labels := dict "root" $root "component" "models" -}}
backoffLimit: {{ int64 $job.retries }}
activeDeadlineSeconds: {{ include "audio-processor.seconds" $job.deadline }}
template:
  metadata:
    labels:
      {{- include "audio-processor.podLabels" (merge (dict "labels" dict) $labels) | nindent 6 }}
    annotations:
      # A token that was missing is a reason to try again.
      checksum/secrets: {{ printf "%s/%s" $root.Values.secrets.name $root.Values.secrets.revision | sha256sum | trunc 16 | quote }}
  spec:
    {{- include "audio-processor.pod" (merge (dict "scheduling" $job.scheduling) $labels) | nindent 4 }}
    restartPolicy: Never
    terminationGracePeriodSeconds: 10
    containers:
      - name: prefetch
        image: {{ $program.image.reference }}
        imagePullPolicy: {{ $program.image.pullPolicy }}
        command: [sh, -c, '"$@" && touch "$0"', {{ include "audio-processor.models.marker" $root | quote }}]
        args:
          {{- toYaml $program.command | nindent 10 }}
        workingDir: /tmp
        env:
          {{- include "audio-processor.env" $program.env | trim | nindent 10 }}
        resources:
          {{- include "audio-processor.resources" $job.resources | trim | nindent 10 }}
        securityContext:
          {{- toYaml $root.Values.security.containerSecurityContext | nindent 10 }}
        volumeMounts:
          - {name: cache, mountPath: /cache}
          - {name: tmp, mountPath: /tmp}
    volumes:
      - name: cache
        persistentVolumeClaim:
          claimName: {{ include "audio-processor.models.claim" $root | quote }}
      - name: tmp
        emptyDir:
          sizeLimit: {{ include "audio-processor.quantity" $job.tmp | quote }}
{{- end -}}

{{/* Name of the prefetch Job, with a hash of all that it is: a Job cannot be changed, only replaced. */}}
{{- define "audio-processor.models.jobName" -}}
{{- $name := include "audio-processor.name" (dict "root" . "base" "model-prefetch" "limit" 52) -}}
{{- printf "%s-%s" $name (include "audio-processor.models.job" . | sha256sum | trunc 10) -}}
{{- end -}}

{{/* Whether workers wait for the prefetch Job: offline, a task without its model would fail. "true" or nothing. */}}
{{- define "audio-processor.models.awaited" -}}
{{- if and .Values.models.offline .Values.models.prefetch.enabled }}true{{ end -}}
{{- end -}}

{{/*
Init container of a worker that waits for the prefetch Job. The trap lets a pod go that is deleted meanwhile: process 1
ignores signals that it does not handle.

  include "audio-processor.models.wait" (dict "root" $ "pool" $pool)
*/}}
{{- define "audio-processor.models.wait" -}}
- name: models
  image: {{ .pool.image.reference }}
  imagePullPolicy: {{ .pool.image.pullPolicy }}
  command: [sh, -c, 'trap "exit 1" TERM; until [ -e "$0" ]; do sleep 1; done', {{ include "audio-processor.models.marker" .root | quote }}]
  env:
    {{- include "audio-processor.env" (list (include "audio-processor.env.cardless" .root | fromJson)) | trim | nindent 4 }}
  resources:
    requests: {cpu: 1m, memory: 16Mi, ephemeral-storage: 1Mi}
    limits: {memory: 64Mi, ephemeral-storage: 8Mi}
  securityContext:
    {{- toYaml .root.Values.security.containerSecurityContext | nindent 4 }}
  volumeMounts:
    - {name: cache, mountPath: /cache, readOnly: true}
{{- end -}}
