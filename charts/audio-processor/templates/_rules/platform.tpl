{{/* Rules about the broker, as a JSON list of problems. */}}
{{- define "audio-processor.rules.broker" -}}
{{- $problems := list -}}
{{- with .Values.broker -}}
  {{- if and .persistence.existingClaim (or (eq .mode "external") (not .persistence.enabled)) -}}
    {{- $problems = append $problems (printf "broker.persistence.existingClaim: nothing would use the claim %s. Set broker.mode: embedded and broker.persistence.enabled: true, or remove it." .persistence.existingClaim) -}}
  {{- end -}}
  {{- if and (eq .mode "embedded") (lt (include "audio-processor.bytes" .resources.limits.memory | int64) 67108864) -}}
    {{- $problems = append $problems "broker.resources.limits.memory: the broker's maxmemory follows from it, and below 64Mi, or without it, nothing is left for data. Set at least 64Mi." -}}
  {{- end -}}
  {{- $tls := .external.tls -}}
  {{- $certificates := dict "tls.ca.secret" $tls.ca.secret "tls.clientCertificate.secret" $tls.clientCertificate.secret -}}
  {{- $master := .external.sentinel.masterName -}}
  {{- if eq .mode "embedded" -}}
    {{- $set := merge (dict "address" .external.address "database" .external.database "tls.enabled" $tls.enabled "sentinel.masterName" $master) $certificates -}}
    {{- range $key, $value := $set -}}
      {{- if $value -}}
        {{- $problems = append $problems (printf "broker.external.%s: the embedded broker is in use, so nothing would read it. Set broker.mode: external, or remove it." $key) -}}
      {{- end -}}
    {{- end -}}
  {{- else -}}
    {{- range $key, $secret := $certificates -}}
      {{- if and $secret (not $tls.enabled) -}}
        {{- $problems = append $problems (printf "broker.external.%s: without TLS nobody looks at the certificate in the Secret %s. Set broker.external.tls.enabled: true, or remove it." $key $secret) -}}
      {{- end -}}
    {{- end -}}
    {{- if and .external.sentinel.login (not $master) -}}
      {{- $problems = append $problems "broker.external.sentinel.login: without the name of a master no Sentinel is asked. Set broker.external.sentinel.masterName, or remove it." -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about names, as a JSON list of problems. */}}
{{- define "audio-processor.rules.names" -}}
{{- $problems := list -}}
{{- $prefix := include "audio-processor.prefix" . -}}
{{- if and $prefix (not (regexMatch "^[a-z][-a-z0-9]*$" $prefix)) -}}
  {{- $problems = append $problems (printf "fullnameOverride: every name would begin with %s, but the name of a Service begins with a letter and holds only a-z, 0-9 and -. Set fullnameOverride, or choose another release name." $prefix) -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Rules about environment variables, as a JSON list of problems. */}}
{{- define "audio-processor.rules.env" -}}
{{- $problems := list -}}
{{- $maps := dict "app.env" .Values.app.env "api.env" .Values.api.env "beat.env" .Values.beat.env "flower.env" .Values.flower.env "models.prefetch.env" .Values.models.prefetch.env -}}
{{- range $pool := include "audio-processor.pools" . | fromJsonArray -}}
  {{- $_ := set $maps (printf "workers.pools.%s.env" $pool.key) $pool.env -}}
{{- end -}}
{{- range $name, $profile := .Values.workers.profiles -}}
  {{- $_ := set $maps (printf "workers.profiles.%s.env" $name) (include "audio-processor.inherit" (list (get $profile "env" | default dict)) | fromJson) -}}
{{- end -}}
{{- range $at, $env := $maps -}}
  {{- range $name := list "S3_ACCESS_KEY" "S3_SECRET_KEY" "REDIS_PASSWORD" "MASTERML_TOKEN" "HF_TOKEN" "HUGGINGFACE_TOKEN" "FLOWER_BASIC_AUTH" -}}
    {{- if hasKey $env $name -}}
      {{- $problems = append $problems (printf "%s.%s: a secret in the values is readable in the release, the Deployment and every backup of them. Put it into the Secret %s." $at $name $.Values.secrets.name) -}}
    {{- end -}}
  {{- end -}}
  {{- range $name := list "CELERY_BROKER_URL" "CELERY_BROKER_READ_URL" "CELERY_BROKER_WRITE_URL" "CELERY_RESULT_BACKEND" -}}
    {{- if hasKey $env $name -}}
      {{- $problems = append $problems (printf "%s.%s: all processes must share one broker, and its URL may hold a password. Set broker.mode: external, and put it into the Secret %s." $at $name $.Values.secrets.name) -}}
    {{- end -}}
  {{- end -}}
  {{- range $name := list "CELERY_CONFIG_MODULE" "AUDIO_PROCESSOR_POOL" "AUDIO_PROCESSOR_HEALTH_DIR" -}}
    {{- if hasKey $env $name -}}
      {{- $problems = append $problems (printf "%s.%s: the chart sets it; with another value tasks are delivered twice or the probes fail. Remove it." $at $name) -}}
    {{- end -}}
  {{- end -}}
  {{- if hasKey $env "PROMETHEUS_MULTIPROC_DIR" -}}
    {{- $problems = append $problems (printf "%s.PROMETHEUS_MULTIPROC_DIR: workers get it with their sidecar, and any other process would count where nobody looks. Remove it; see workers.defaults.metrics." $at) -}}
  {{- end -}}
  {{- if and (hasKey $env "PYTHONPATH") (not (has "/etc/audio-processor" (splitList ":" $env.PYTHONPATH))) -}}
    {{- $problems = append $problems (printf "%s.PYTHONPATH: without /etc/audio-processor in it Celery does not find the chart's module, and no process starts. Add it, or set app.codeDirectory instead." $at) -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
