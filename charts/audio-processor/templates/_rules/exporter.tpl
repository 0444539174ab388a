{{/* Rules about the exporter of the broker, as a JSON list of problems. */}}
{{- define "audio-processor.rules.exporter" -}}
{{- $problems := list -}}
{{- if include "audio-processor.brokerExporter.enabled" . -}}
  {{- $address := .Values.monitoring.brokerExporter.address -}}
  {{- $or := ", or monitoring.brokerExporter.enabled: false" -}}
  {{- with .Values.broker.external -}}
    {{- if eq $.Values.broker.mode "embedded" -}}
      {{- if $address -}}
        {{- $problems = append $problems (printf "monitoring.brokerExporter.address: %s would be watched in place of the embedded broker. Remove it, or set broker.mode: external." $address) -}}
      {{- end -}}
    {{- else if and .sentinel.masterName (not $address) -}}
      {{- $problems = append $problems (printf "monitoring.brokerExporter.address: redis_exporter cannot follow Sentinels to the master %s, so nothing would be known of the queues. Set the URL of a Service that leads to the master%s." .sentinel.masterName $or) -}}
    {{- else if and .tls.enabled (not .tls.checkHostname) (not $address) -}}
      {{- $problems = append $problems (printf "monitoring.brokerExporter.address: redis_exporter always checks the name in the certificate, and broker.external.tls.checkHostname is false. Set a URL under a name that the certificate carries%s." $or) -}}
    {{- else if and .tls.enabled (hasPrefix "redis://" $address) -}}
      {{- $problems = append $problems (printf "monitoring.brokerExporter.address: %s would send the password without TLS, and broker.external.tls.enabled is true. Write rediss://." $address) -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
