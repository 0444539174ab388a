{{/* The pools that KEDA scales, as a JSON list. */}}
{{- define "audio-processor.keda.pools" -}}
{{- $pools := list -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- if eq $pool.scaling.engine "keda" -}}{{- $pools = append $pools $pool -}}{{- end -}}
{{- end -}}
{{- toJson $pools -}}
{{- end -}}

{{/* Name of the TriggerAuthentication, which all pools share. */}}
{{- define "audio-processor.keda.authentication" -}}
{{- include "audio-processor.name" (list . "audio-worker-keda") -}}
{{- end -}}

{{/*
Where KEDA's operator reaches the broker, as metadata of a trigger. The operator lives in another namespace, so the name
of a Service has its own in it. It cannot read URLs, which is why an external broker has an address beside them.
*/}}
{{- define "audio-processor.keda.broker" -}}
{{- if eq .Values.broker.mode "embedded" -}}
address: {{ printf "%s.%s.svc:6379" (include "audio-processor.name" (list . "redis-service")) .Release.Namespace | quote }}
{{- else -}}
{{- with .Values.broker.external -}}
{{ empty .sentinel.masterName | ternary "address" "addresses" }}: {{ .address | quote }}
databaseIndex: {{ int64 .database | quote }}
{{- with .sentinel.masterName }}
sentinelMaster: {{ . | quote }}
{{- end }}
{{- if .tls.enabled }}
enableTLS: "true"
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Type of the trigger that reads the broker. */}}
{{- define "audio-processor.keda.type" -}}
{{- $master := .Values.broker.external.sentinel.masterName -}}
{{- or (eq .Values.broker.mode "embedded") (empty $master) | ternary "redis" "redis-sentinel" -}}
{{- end -}}

{{/*
What KEDA counts for a pool: every queue, and the tasks that its workers hold (the hash `unacked:<pool>`). With queues
alone an empty queue would look idle, and the last pod would go in the middle of its tasks. A queue's quarantine
(`dead:<queue>`) is nobody's work and does not count. Keys of Redis by the names that the formula uses.

  include "audio-processor.keda.keys" $pool | fromJson
*/}}
{{- define "audio-processor.keda.keys" -}}
{{- $keys := dict "running" (printf "unacked:%s" .key) -}}
{{- range $index, $queue := .queueNames -}}
  {{- $_ := set $keys (printf "queue%d" (add1 $index)) $queue -}}
{{- end -}}
{{- toJson $keys -}}
{{- end -}}
