{{/* Whether Flower runs: "true" or nothing. */}}
{{- define "audio-processor.flower.enabled" -}}
{{- if and .Values.enabled .Values.flower.enabled }}true{{ end -}}
{{- end -}}

{{/* Path below which all of Flower lives, without slashes. Whatever routes to it must not strip it. */}}
{{- define "audio-processor.flower.prefix" -}}
{{- .Values.routing.paths.flower | trimAll "/" -}}
{{- end -}}

{{/*
Command of Flower. Without `-A` it imports neither the tasks nor torch, and starts none from its page. Takes Flower's values.
An empty or malformed FLOWER_BASIC_AUTH would be a page that nobody or everybody can open.
*/}}
{{- define "audio-processor.flower.command" -}}
{{- if .command -}}
{{- toYaml .command -}}
{{- else -}}
- sh
- -efc
- |
  test -n "$FLOWER_BASIC_AUTH" || FLOWER_BASIC_AUTH=,
  IFS=,
  for one in $FLOWER_BASIC_AUTH; do case $one in ?*:?*) ;; *)
    echo 'FLOWER_BASIC_AUTH must be user:password, or several of them with commas between' >&2
    exit 1
  esac; done
  exec celery flower
{{- end -}}
{{- end -}}

{{/*
Environment of Flower. It asks every worker at its start and at each look, so that it needs the Celery module with the
longest visibility timeout; of the Secret it gets the broker and its own credentials.

  include "audio-processor.flower.env" (dict "root" $ "flower" $flower)
*/}}
{{- define "audio-processor.flower.env" -}}
{{- $own := include "audio-processor.env.broker"
      (dict "root" .root "visibilityTimeout" (include "audio-processor.largestVisibilityTimeout" .root)) | fromJson -}}
{{- $flower := dict
      "PYTHONPATH" "/etc/audio-processor"
      "HOME" "/tmp"
      "FLOWER_BASIC_AUTH" (dict "secret" .root.Values.secrets.name "key" "FLOWER_BASIC_AUTH")
      "FLOWER_URL_PREFIX" (include "audio-processor.flower.prefix" .root)
      "FLOWER_PORT" "5555"
      "FLOWER_MAX_TASKS" (int64 .flower.maxTasks | toString)
      "FLOWER_PURGE_OFFLINE_WORKERS" (include "audio-processor.seconds" .flower.forgetWorkersAfter)
-}}
{{- include "audio-processor.env" (list $own (include "audio-processor.env.cardless" . | fromJson) $flower .flower.env) -}}
{{- end -}}
