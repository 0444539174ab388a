{{/*
Everything that is derived from the values is derived once in a render and kept as data in `$.ctx`. Every object page begins with

  {{- include "audio-processor.context" . }}

and then prints fields, for example `$.ctx.api.image.reference`. Each key has one definition, the named template
`audio-processor.context.<key>`. Nothing else writes `$.ctx`, and nothing writes `.Values`.

  prefix            _shared/_helpers.tpl                   of the name of every object
  application       config/_application.tpl                environment, checksums and ServiceAccount that all processes share
  broker            broker/_broker.tpl                     embedded or external, image, environment, certificates
  models            models/_models.tpl                     model cache and prefetch Job
  pools             workers/_pool.tpl                      worker pools with all that they inherit and derive
  clients           config/_clients.tpl                    environment of the processes that send tasks and belong to no pool
  routing           routing/_routes.tpl                    routes from outside
  api               api/_api.tpl
  beat              beat/_beat.tpl
  flower            flower/_flower.tpl
  workloads         scaling/_workloads.tpl                 API and pools: what autoscalers and disruption budgets are made for
  secretKeys        config/_secret-keys.tpl                keys that the Secret must have
  monitoring        monitoring/_monitoring.tpl             what scrapes the release, names of the servers, labels of its series
  monitoringAccess  monitoring/access/_access.tpl          routes of the servers from outside
  exporter          monitoring/exporter/_exporter.tpl      the broker's exporter
  workloadValues    _shared/_workload-values.tpl           values of every workload by their path, without nulls
  scrapeJobs        monitoring/scrape/_jobs.tpl            what Prometheus scrapes
  alerts            monitoring/rules/_alerts.tpl           enabled alerts with their texts
  recordingRules    monitoring/rules/_recording-rules.tpl  what recording rules need of the workloads
  notifications     monitoring/notify/_notify.tpl          where alerts are sent, and warnings of NOTES about it
*/}}
{{- define "audio-processor.context" -}}
{{- if not (hasKey . "ctx") -}}
  {{- $_ := set . "ctx" dict -}}
  {{- /* In this order: a definition reads the keys above it. */ -}}
  {{- range list "prefix" "application" "broker" "models" "pools" "clients" "routing" "api" "beat" "flower" "workloads"
        "secretKeys" "monitoring" "monitoringAccess" "exporter" "workloadValues" "scrapeJobs" "alerts" "recordingRules" "notifications" -}}
    {{- include (printf "audio-processor.context.%s" .) $ -}}
  {{- end -}}
{{- end -}}
{{- end -}}
