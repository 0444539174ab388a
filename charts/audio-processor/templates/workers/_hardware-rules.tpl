{{/* Rules of hardware profiles, GPUs and other extended resources of the worker pools. */}}
{{- define "audio-processor.workers.hardware.rules" }}
{{- $profiles := keys .Values.workers.profiles | sortAlpha }}
{{- range $pool := .ctx.pools }}
  {{- $at := printf "workers.pools.%s" .key }}
  {{- $resource := .hardware.resource }}
  {{- $limits := .resources.limits }}
  {{- if and .profile (not (has .profile $profiles)) }}
  - {{ $at }}.profile: workers.profiles has no {{ .profile }}, only {{ join ", " $profiles | default "none" }}.
    Set one of these, or add workers.profiles.{{ .profile }}.
  {{- end }}
  {{- if and (gt (int64 .hardware.count) 1) (not $resource) (not .hardware.cpuFallback) }}
  - {{ $at }}.hardware.count: {{ int64 .hardware.count }} has no effect without hardware.resource.
    Set a profile, or {{ $at }}.hardware.resource.
  {{- end }}
  {{- if and $resource (or (hasKey $limits $resource) (hasKey .resources.requests $resource)) }}
  - {{ $at }}.resources: {{ $resource }} is already requested by the pool's hardware.
    Remove it here, and set {{ $at }}.hardware.count.
  {{- end }}
  {{- with .hardware.sharedMemory }}
    {{- if ge (include "audio-processor.bytes" . | int64) (include "audio-processor.bytes" ($limits.memory | default "1E") | int64) }}
    - {{ $at }}.hardware.sharedMemory: {{ include "audio-processor.quantity" . }} counts towards the memory limit and is
      not less than it. Lower it, or raise {{ $at }}.resources.limits.memory.
    {{- end }}
  {{- end }}
  {{- $surge := not (has (toString .strategy.maxSurge) (list "0" "0%")) }}
  {{- $unavailable := not (has (toString .strategy.maxUnavailable) (list "0" "0%")) }}
  {{- if and .gpu (eq .strategy.type "RollingUpdate") $surge (not $unavailable) }}
  - {{ $at }}.strategy: where all GPUs are in use, a new pod stays Pending until an old one terminates, and
    maxUnavailable: 0 terminates none before the new one is ready. Set maxUnavailable: 1, or maxSurge: "".
  {{- end }}
{{- end }}
{{- range $at, $workload := .ctx.workloadValues }}
  {{- $own := dig "hardware" "resource" "" $workload }}
  {{- range $name := concat (keys .resources.limits) (keys .resources.requests) | uniq | sortAlpha }}
    {{- if and (regexMatch "^(nvidia|amd)\\.com/|^gpu\\.intel\\.com/|/gpu" .) (ne . $own) }}
      {{- if hasPrefix "workers.pools." $at }}
      - {{ $at }}.resources: {{ . }} would be allocated and hidden from the container.
        Set {{ $at }}.hardware.resource, or a profile.
      {{- else }}
      - {{ $at }}.resources: {{ . }} would be allocated and hidden from the container: only worker pools can use GPUs.
        Remove it.
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
