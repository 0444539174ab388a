{{/*
What a pool inherits, as a list of layers for `audio-processor.inherit`: the defaults, its hardware profile, its own
values. Under `cpuFallback` the profile brings neither selector nor tolerations, and no device is left.

  include "audio-processor.pool.layers" (dict "root" $ "own" $own) | fromJsonArray
*/}}
{{- define "audio-processor.pool.layers" -}}
{{- $workers := .root.Values.workers -}}
{{- $name := hasKey .own "profile" | ternary .own.profile $workers.defaults.profile -}}
{{- $profile := get $workers.profiles $name | default dict -}}
{{- $hardware := pick $profile "resource" "count" "runtimeClassName" "sharedMemory" "cpuFallback" -}}
{{- $all := list $workers.defaults.hardware $hardware (get .own "hardware" | default dict) -}}
{{- $effective := include "audio-processor.inherit" $all | fromJson -}}
{{- $layer := set (pick $profile "image" "env" "resources") "hardware" $hardware -}}
{{- if $effective.cpuFallback -}}
{{- $without := dict "hardware" (dict "resource" "" "runtimeClassName" "") -}}
{{- list $workers.defaults $layer .own $without | toJson -}}
{{- else -}}
{{- list $workers.defaults (set $layer "scheduling" (pick $profile "nodeSelector" "tolerations")) .own | toJson -}}
{{- end -}}
{{- end -}}

{{/*
Environment of a worker that holds a card, as JSON; of one that holds none, nothing: there the application's own
environment hides all cards. Takes the pool.
*/}}
{{- define "audio-processor.hardware.env" -}}
{{- $env := dict -}}
{{- if .gpu -}}
  {{- /* torch.cuda.is_available() in the parent must not poison the forked children. */ -}}
  {{- $_ := set $env "PYTORCH_NVML_BASED_CUDA_CHECK" "1" -}}
  {{- $_ := set $env "CUDA_DEVICE_ORDER" "PCI_BUS_ID" -}}
  {{- $_ := set $env "PYTORCH_CUDA_ALLOC_CONF" "max_split_size_mb:512" -}}
  {{- /* Images bake in CUDA_VISIBLE_DEVICES=0. A device plugin numbers a container's cards from 0, so that this is right
         for one card, and hides all others. */ -}}
  {{- if gt (int64 .hardware.count) 1 -}}
    {{- $_ := set $env "CUDA_VISIBLE_DEVICES" (until (int .hardware.count) | join ",") -}}
  {{- end -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}

{{/* Requests and limits of a pool's worker with its devices, as JSON. Takes the pool. */}}
{{- define "audio-processor.hardware.resources" -}}
{{- if .gpu -}}
{{- $devices := dict .hardware.resource (int64 .hardware.count) -}}
{{- include "audio-processor.inherit" (list .resources (dict "requests" $devices "limits" $devices)) -}}
{{- else -}}
{{- toJson .resources -}}
{{- end -}}
{{- end -}}
