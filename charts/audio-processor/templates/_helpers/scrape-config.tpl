{{/*
Jobs of the bundled Prometheus, as JSON. Pods are found by their labels, by the name of a port and by running, in the
namespace of the release alone; where the sidecar is a native one, its port is an init container's.
*/}}
{{- define "audio-processor.scrape.config" -}}
{{- $meta := "__meta_kubernetes_pod" -}}
{{- $own := include "audio-processor.selectorLabels" (dict "root" . "component" "") | fromYaml -}}
{{- $from := list
      (printf "%s_label_app_kubernetes_io_name" $meta)
      (printf "%s_label_app_kubernetes_io_instance" $meta)
      (printf "%s_label_app_kubernetes_io_component" $meta)
      (printf "%s_container_port_name" $meta)
      (printf "%s_phase" $meta) -}}
{{- $jobs := list -}}
{{- range $job := include "audio-processor.scrape.jobs" . | fromJsonArray -}}
  {{- $wanted := list
        (get $own "app.kubernetes.io/name" | regexQuoteMeta)
        (get $own "app.kubernetes.io/instance" | regexQuoteMeta)
        $job.component $job.port "Running" -}}
  {{- $find := dict "source_labels" $from "regex" (join ";" $wanted) "action" "keep" -}}
  {{- $labels := include "audio-processor.scrape.labels" (dict "root" $ "job" $job.job) | fromJsonArray -}}
  {{- $one := dict
        "job_name" $job.job
        "metrics_path" $job.path
        "sample_limit" (include "audio-processor.scrape.limit" $ | int64)
        "kubernetes_sd_configs" (list (dict "role" "pod" "namespaces" (dict "names" (list $.Release.Namespace))))
        "relabel_configs" (prepend $labels $find) -}}
  {{- with $job.keep -}}{{- $_ := set $one "metric_relabel_configs" . -}}{{- end -}}
  {{- $jobs = append $jobs $one -}}
{{- end -}}
{{- if .Values.monitoring.gpu.enabled -}}
  {{- $jobs = append $jobs (include "audio-processor.scrape.gpu" . | fromJson) -}}
{{- end -}}
{{- if .Values.monitoring.nodes.enabled -}}
  {{- $jobs = append $jobs (include "audio-processor.scrape.kubelets" . | fromJson) -}}
{{- end -}}
{{- toJson (dict "scrape_configs" $jobs) -}}
{{- end -}}

{{/*
The job of the kubelets' cAdvisor, as JSON: what containers of this namespace use, and no more than the rules and
dashboards read. `id` stays: it tells the groups of a container before and after a restart apart.
*/}}
{{- define "audio-processor.scrape.kubelets" -}}
{{- $read := list "cpu_usage_seconds_total" "cpu_cfs_periods_total" "cpu_cfs_throttled_periods_total"
      "spec_cpu_quota" "spec_cpu_period" "spec_memory_limit_bytes" "memory_working_set_bytes" "oom_events_total" -}}
{{- $account := "/var/run/secrets/kubernetes.io/serviceaccount" -}}
{{- dict
      "job_name" "kubelet-cadvisor"
      "scheme" "https"
      "metrics_path" "/metrics/cadvisor"
      "authorization" (dict "credentials_file" (printf "%s/token" $account))
      "tls_config" (dict "ca_file" (printf "%s/ca.crt" $account) "insecure_skip_verify" (not .Values.monitoring.nodes.verifyCertificates))
      "kubernetes_sd_configs" (list (dict "role" "node"))
      "relabel_configs" (list (dict "source_labels" (list "__meta_kubernetes_node_name") "target_label" "node"))
      "metric_relabel_configs" (list
        (dict "source_labels" (list "namespace") "regex" .Release.Namespace "action" "keep")
        (dict "source_labels" (list "__name__") "regex" (printf "container_(%s)" (join "|" $read)) "action" "keep")
        (dict "regex" "name" "action" "labeldrop"))
    | toJson -}}
{{- end -}}

{{/*
The job of DCGM's exporter, as JSON: cards that pods of this namespace hold. Its own labels say which; where they do not
win, they arrive as `exported_namespace` and `exported_pod`.
*/}}
{{- define "audio-processor.scrape.gpu" -}}
{{- $gpu := .Values.monitoring.gpu -}}
{{- $from := list "__meta_kubernetes_pod_container_port_number" "__meta_kubernetes_pod_phase" -}}
{{- $wanted := list (int64 $gpu.port | toString) "Running" -}}
{{- range $label, $value := $gpu.selector -}}
  {{- $from = append $from (printf "__meta_kubernetes_pod_label_%s" (regexReplaceAll "[^A-Za-z0-9_]" $label "_")) -}}
  {{- $wanted = append $wanted (regexQuoteMeta $value) -}}
{{- end -}}
{{- dict
      "job_name" "audio-gpu"
      "honor_labels" $gpu.honorLabels
      "sample_limit" (include "audio-processor.scrape.limit" . | int64)
      "kubernetes_sd_configs" (list (dict "role" "pod" "namespaces" (dict "names" (list $gpu.namespace))))
      "relabel_configs" (prepend (include "audio-processor.scrape.labels" (dict "root" . "job" "audio-gpu") | fromJsonArray)
        (dict "source_labels" $from "regex" (join ";" $wanted) "action" "keep"))
      "metric_relabel_configs" (include "audio-processor.scrape.cards" . | fromJsonArray)
    | toJson -}}
{{- end -}}

{{/*
Rules for DCGM's samples, as a JSON list: of cards that a container of this namespace holds. One that nobody holds has no
label `container`, and gets the target's namespace.
*/}}
{{- define "audio-processor.scrape.cards" -}}
{{- $own := .Release.Namespace -}}
{{- list
      (dict "source_labels" (list "__name__") "regex" "DCGM_.+" "action" "keep")
      (dict "source_labels" (list "exported_namespace" "namespace" "container") "regex" (printf "(%s;.*|;%s);.+" $own $own) "action" "keep")
    | toJson -}}
{{- end -}}

{{/*
Metadata of the rights in the namespace of DCGM's exporter; nothing where the bundled Prometheus needs none. Releases of
several namespaces meet there.
*/}}
{{- define "audio-processor.scrape.gpuRights" -}}
{{- if and (eq (include "audio-processor.monitoring.mode" .) "bundled") .Values.monitoring.gpu.enabled -}}
name: {{ include "audio-processor.monitoring.clusterName" . }}
namespace: {{ .Values.monitoring.gpu.namespace | quote }}
labels:
  {{- include "audio-processor.labels" (dict "root" . "component" "monitoring") | nindent 2 }}
{{- end -}}
{{- end -}}
