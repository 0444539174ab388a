{{/*
The sidecar that serves the metrics of a worker's processes: a native one, which starts before the worker and ends after
it, so that a long drain is seen to its end. It has no readiness probe: the worker alone decides.

  include "audio-processor.metrics.sidecar" (dict "root" $ "pool" $pool)
*/}}
{{- define "audio-processor.metrics.sidecar" -}}
{{- with .pool.metrics }}
- name: metrics
  image: {{ $.pool.image.reference }}
  imagePullPolicy: {{ $.pool.image.pullPolicy }}
  restartPolicy: Always
  command: [python3, /etc/audio-processor/sidecar.py, /metrics, {{ int64 .port | quote }}]
  ports:
    - name: metrics
      containerPort: {{ int64 .port }}
  env:
    {{- include "audio-processor.env" (list (include "audio-processor.env.cardless" $ | fromJson)) | trim | nindent 4 }}
  # In a pod that goes while this process starts the one signal would be lost, and the pod last as long as its longest task.
  lifecycle:
    preStop:
      exec:
        command: [sh, /etc/audio-processor/drain.sh, hear]
  livenessProbe:
    httpGet:
      path: /healthz
      port: metrics
    periodSeconds: 30
    timeoutSeconds: 5
    failureThreshold: 3
  resources:
    {{- include "audio-processor.resources" .resources | trim | nindent 4 }}
  securityContext:
    {{- toYaml $.root.Values.security.containerSecurityContext | nindent 4 }}
  volumeMounts:
    - {name: mounted, mountPath: /etc/audio-processor, readOnly: true}
    - {name: metrics, mountPath: /metrics, readOnly: true}
{{- end }}
{{- end -}}
