import { labels } from './fragments.ts';
import { boolean, integer, object, type Schema, string } from './kit.ts';

/** Where the use of CPU and memory comes from, for the bundled Prometheus; beside an operator others know it. */
export const nodes: Schema = object(
  'CPU and memory of containers, from the kubelets, for the bundled Prometheus. It may then read the metrics of all nodes, which takes a ClusterRole.',
  {
    enabled: boolean('Whether they are read; without them CpuHigh and MemoryHigh are silent.', true),
    verifyCertificates: boolean(
      "Whether a kubelet's certificate must be signed by the cluster's authority; most kubelets sign their own.",
      false,
    ),
  },
);

/** The exporter of NVIDIA's cards. */
export const gpu: Schema = object(
  "Cards, from a DCGM exporter that is already in the cluster, as NVIDIA's GPU operator installs it. The bundled Prometheus gets a Role in its namespace.",
  {
    enabled: boolean(
      'Whether it is scraped; leave it off where another job of the same Prometheus does.',
      false,
    ),
    namespace: string('Namespace of the exporter.', 'gpu-operator', {
      pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
      maxLength: 63,
    }),
    selector: labels("Labels of the exporter's pods.", {}, { app: 'nvidia-dcgm-exporter' }),
    port: integer("Port of the exporter's container.", 9400, { minimum: 1, maximum: 65535 }),
    honorLabels: boolean(
      'Whether its labels `namespace`, `pod` and `container` win: they say who uses the card. false where the operator forbids it; the rules know both.',
      true,
    ),
  },
);
