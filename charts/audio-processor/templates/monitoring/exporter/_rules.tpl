{{/* Rules of the broker's exporter. */}}
{{- define "audio-processor.monitoring.exporter.rules" }}
{{- if .ctx.monitoring.exporter }}
  {{- $address := .Values.monitoring.brokerExporter.address }}
  {{- with .Values.broker.external }}
    {{- if and $.ctx.broker.embedded $address }}
    - monitoring.brokerExporter.address: {{ $address }} would be monitored instead of the embedded broker.
      Remove it, or set broker.mode: external.
    {{- else if $.ctx.broker.embedded }}
    {{- else if and .sentinel.masterName (not $address) }}
    - monitoring.brokerExporter.address: redis_exporter cannot query Sentinels for the master {{ .sentinel.masterName }}.
      Set the URL of a Service that selects the master, or monitoring.brokerExporter.enabled: false.
    {{- else if and .tls.enabled (not .tls.checkHostname) (not $address) }}
    - monitoring.brokerExporter.address: redis_exporter always verifies the host name, and
      broker.external.tls.checkHostname is false. Set a URL with a host name of the certificate, or
      monitoring.brokerExporter.enabled: false.
    {{- else if and .tls.enabled (hasPrefix "redis://" $address) }}
    - monitoring.brokerExporter.address: {{ $address }} would send the password without TLS, and
      broker.external.tls.enabled is true. Set a URL with rediss://.
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
