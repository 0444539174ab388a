import { LabNamespace, type LabNamespaceOptions } from './lab-namespace.ts';
import { container, deployment, namespaceObject, probes, resources } from './pods.ts';

/**
 * A fake of NVIDIA's dcgm-exporter in the given namespace: there is no GPU. The memory that it reports as used is in its
 * environment: `kubectl set env deployment/dcgm USED=95`.
 * @throws {WaitError} when it is not available after 120 s, with the reason of each pod.
 */
export async function deployDcgm(options: LabNamespaceOptions & { readonly image: string }): Promise<void> {
  const cluster = new LabNamespace(options);
  await cluster.apply([
    namespaceObject(options.namespace),
    deployment(options.namespace, 'dcgm', {
      containers: [
        container('dcgm', options.image, {
          command: ['python3', '/srv/dcgm.py'],
          env: [{ name: 'USED', value: '10' }],
          ports: [{ name: 'gpu-metrics', containerPort: 9400 }],
          ...probes('/metrics', 'gpu-metrics'),
          resources: resources('10m', '64Mi'),
        }),
      ],
    }),
  ]);
  await cluster.waitUntilAvailable(['dcgm']);
}
