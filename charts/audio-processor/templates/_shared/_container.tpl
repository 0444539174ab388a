{{/*
An `env` list of maps by name, of which later ones win, so that no name is given twice. An entry is text, or a key of a
Secret as `{secret, key, optional}`. Keys of Secrets come first, because `$(NAME)` expands only what is before it.

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

{{/* Requests and limits of a container: `include "audio-processor.resources" $pool.resources` */}}
{{- define "audio-processor.resources" -}}
{{- range $kind := list "requests" "limits" }}
{{- with get $ $kind }}
{{ $kind }}:
{{- range $name, $amount := . }}
  {{ $name }}: {{ include "audio-processor.quantity" $amount | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Timings of a probe. Takes the probe's values. */}}
{{- define "audio-processor.probeTimings" -}}
periodSeconds: {{ include "audio-processor.seconds" .period }}
timeoutSeconds: {{ include "audio-processor.seconds" .timeout }}
failureThreshold: {{ int64 .failures }}
{{- end -}}

{{/*
Probes of a worker or beat, of files that the Celery module writes: an outage of the broker must not restart a worker during a
task. Takes the probes' values; `liveness.grace`, which only workers have, ends a process sooner than the pod's grace period.
*/}}
{{- define "audio-processor.fileProbes" -}}
startupProbe:
  exec:
    command: [test, -f, /health/ready]
  {{- include "audio-processor.probeTimings" .startup | nindent 2 }}
  {{- if .liveness.grace }}
  # No task runs yet. Without it a worker that hangs in its imports would be waited for as long as its longest task.
  terminationGracePeriodSeconds: 30
  {{- end }}
readinessProbe:
  exec:
    command: [test, -f, /health/ready]
  {{- include "audio-processor.probeTimings" .readiness | nindent 2 }}
livenessProbe:
  exec:
    command:
      - sh
      - -c
      - test $(($(date +%s) - $(stat -c %Y /health/heartbeat))) -lt {{ include "audio-processor.seconds" .liveness.maxAge }}
  {{- include "audio-processor.probeTimings" .liveness | nindent 2 }}
  {{- with .liveness.grace }}
  # Without it a wedged worker would be killed only after the grace period of its longest task.
  terminationGracePeriodSeconds: {{ include "audio-processor.seconds" . }}
  {{- end }}
{{- end -}}

{{/*
Volumes of a pod of the application.

  include "audio-processor.volumes" (dict "root" $ "storage" $pool.storage "models" true "celery" true)

`models` is for pods that read models: their cache may be a claim. `celery` is for worker and beat: they import `include`, and the
Celery module writes the files of their probes.
*/}}
{{- define "audio-processor.volumes" -}}
{{- $storage := .storage -}}
{{- range $name := list "work" "tmp" "cache" }}
- name: {{ $name }}
  {{- if and $.models (eq $name "cache") (eq $.root.Values.models.cache.type "claim") }}
  persistentVolumeClaim:
    claimName: {{ $.root.ctx.models.claim | quote }}
  {{- else }}
  emptyDir:
    sizeLimit: {{ include "audio-processor.quantity" (get $storage $name) | quote }}
  {{- end }}
{{- end }}
{{ include "audio-processor.volumes.module" .root }}
{{- if .celery }}
- name: health
  emptyDir:
    medium: Memory
    sizeLimit: 1Mi
{{- end }}
{{- end -}}

{{/* Mounts of those volumes: `include "audio-processor.volumeMounts" (dict "root" $ "models" true "celery" true)` */}}
{{- define "audio-processor.volumeMounts" -}}
- {name: cache, mountPath: /cache{{ if and .models .root.Values.models.cache.readOnly }}, readOnly: true{{ end }}}
- {name: work, mountPath: /work}
- {name: tmp, mountPath: /tmp}
{{ include "audio-processor.volumeMounts.module" .root }}
{{- if .celery }}
{{- if .root.Values.app.includeModule }}
{{- /* The module that the application's `include` names; some images lack it. */}}
{{- $file := "async_unified_celery_tasks.py" }}
{{- $path := printf "%s/src/%s" (.root.Values.app.codeDirectory | trimSuffix "/") $file }}
- {name: mounted, mountPath: {{ $path | quote }}, subPath: {{ $file }}, readOnly: true}
{{- end }}
- {name: health, mountPath: /health}
{{- end }}
{{- end -}}

{{/* Volumes of every process that connects to the broker: the Celery module, and the broker's certificates. */}}
{{- define "audio-processor.volumes.module" -}}
- name: mounted
  configMap:
    name: {{ include "audio-processor.name" (list . "ml-service-mounted") }}
    items:
      - {key: drain.sh, path: drain.sh}
      - {key: sidecar.py, path: sidecar.py}
      {{- if .Values.app.includeModule }}
      - {key: async_unified_celery_tasks.py, path: async_unified_celery_tasks.py}
      {{- end }}
      {{- range .ctx.application.celeryModule }}
      - {key: {{ base . }}, path: audio_processor_celery/{{ base . }}}
      {{- end }}
{{- with .ctx.broker.tlsVolume }}
{{ . }}
{{- end }}
{{- end -}}

{{/* Mounts of those volumes. */}}
{{- define "audio-processor.volumeMounts.module" -}}
- {name: mounted, mountPath: /etc/audio-processor, readOnly: true}
{{- if .ctx.broker.tlsVolume }}
- {name: broker-tls, mountPath: /etc/audio-processor-broker, readOnly: true}
{{- end }}
{{- end -}}
