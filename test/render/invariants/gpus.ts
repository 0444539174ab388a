import { expect } from 'vitest';
import { envOf } from '../support.ts';
import type { Part } from './anatomy.ts';
import type { InvariantInput, Invariants } from './input.ts';

const componentOf = (labels: Readonly<Record<string, string>>) => labels['app.kubernetes.io/component'];

/** Repository of an image, without tag and digest. */
const repositoryOf = (image: string) => image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');

/** Whether a container runs the application's image, which may be a CUDA one and then exposes all GPUs of the node. */
function runsApplication({ pods }: InvariantInput): (part: Part) => boolean {
  const api = pods.find(({ labels }) => componentOf(labels) === 'api')?.spec.containers[0].image ?? '';
  return ({ image }) => repositoryOf(image) === repositoryOf(api);
}

/** Invariants about GPUs and about metrics that several processes share. */
export const gpuInvariants: Invariants = {
  'exposes GPUs to workers that have one, and to no other container': (input) => {
    const isApplication = runsApplication(input);
    const parts = input.pods.flatMap(({ labels, owner, containers }) =>
      containers.filter(isApplication).map((part) => ({ part, owner, component: componentOf(labels) })),
    );
    expect(parts.length).toBeGreaterThan(2);
    for (const { part, owner, component } of parts) {
      const at = `${owner}: ${part.name}`;
      const env = envOf(part);
      const isHolder = Object.keys(part.resources.limits).some((name) => name.includes('/'));
      if (isHolder) {
        expect(component, at).toBe('worker');
        expect(env, at).not.toHaveProperty('NVIDIA_VISIBLE_DEVICES');
        expect(env.CUDA_VISIBLE_DEVICES ?? '0', at).toMatch(/^\d/);
      } else {
        const remedy = `${at} runs the application's image: put $.ctx.application.hideGpus into its env`;
        expect(env, remedy).toMatchObject({ NVIDIA_VISIBLE_DEVICES: 'void', CUDA_VISIBLE_DEVICES: '' });
      }
    }
  },

  'counts in files only in workers, beside a sidecar that reads them': (input) => {
    for (const { labels, owner, containers, lasting } of input.pods) {
      for (const part of containers) {
        const folder = envOf(part).PROMETHEUS_MULTIPROC_DIR;
        if (folder === undefined) continue;
        expect(componentOf(labels), owner).toBe('worker');
        const volume = part.volumeMounts.find(({ mountPath }) => mountPath === folder)?.name;
        const readers = lasting.filter(
          ({ name, volumeMounts }) =>
            name !== part.name && volumeMounts.some((mount) => mount.name === volume),
        );
        expect(
          readers.map(({ name, restartPolicy }) => [name, restartPolicy]),
          owner,
        ).toEqual([['metrics', 'Always']]);
      }
    }
  },
};
