import { labels } from './fragments.ts';
import { boolean, integer, object, type Schema, string } from './kit.ts';

/** Source of the CPU and memory metrics of containers, for the bundled Prometheus; an operator's Prometheus has its own. */
export const nodes: Schema = object(
  'CPU and memory of containers, scraped from the kubelets by the bundled Prometheus. It needs a ClusterRole for the metrics of all nodes.',
  {
    enabled: boolean(
      'Create the scrape jobs of the kubelets (`scrape_configs`) and the ClusterRole; without them CpuHigh and MemoryHigh never fire.',
      true,
    ),
    verifyCertificates: boolean(
      "Verify the kubelets' certificates with the cluster's certificate authority (`insecure_skip_verify: false`); most kubelets use self-signed ones.",
      false,
    ),
  },
);

/** NVIDIA's exporter of GPU metrics. */
export const gpu: Schema = object(
  "GPU metrics from a DCGM exporter in the cluster, as NVIDIA's GPU operator installs it. The bundled Prometheus gets a Role in its namespace.",
  {
    enabled: boolean(
      'Create the scrape job or the PodMonitor of the exporter; leave it off where another job of the same Prometheus scrapes it.',
      false,
    ),
    namespace: string('Namespace of the exporter (`namespaceSelector`).', 'gpu-operator', {
      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
      maxLength: 63,
    }),
    selector: labels(
      "Labels of the exporter's pods (`selector.matchLabels`).",
      {},
      { app: 'nvidia-dcgm-exporter' },
    ),
    port: integer("Port of the exporter's container (`containerPort`).", 9400, {
      minimum: 1,
      maximum: 65535,
    }),
    honorLabels: boolean(
      'Keep the labels `namespace`, `pod` and `container` of the metrics, which name the pod that uses the GPU (`honorLabels`, `honor_labels`). false where the operator forbids it; the rules support both.',
      true,
    ),
  },
);
