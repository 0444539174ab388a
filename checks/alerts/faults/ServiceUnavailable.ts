import type { Fault } from '../fault.ts';

/** Faults that must make ServiceUnavailable fire. */
export const faults: readonly Fault[] = [
  {
    what: 'the API scaled to zero',
    round: 7,
    labels: { component: 'api' },
    inject: (service) => service.scale('deployment/audio-processor', 0),
    repair: (service) => service.scale('deployment/audio-processor', 1),
  },
  {
    what: 'a pool scaled to zero',
    round: 7,
    labels: { component: 'worker', pool: 'cpu' },
    inject: (service) => service.scale('deployment/audio-worker', 0),
    repair: (service) => service.scale('deployment/audio-worker', 1),
  },
  {
    what: 'workers of a pool that crash repeatedly beside their sidecar',
    round: 7,
    labels: { component: 'worker', pool: 'gpu' },
    // The pool has GPUs, so its old pod ends before the new one starts.
    inject: async (service) => {
      const command = { op: 'replace', path: '/spec/template/spec/containers/0/command', value: ['false'] };
      await service.kubectl(
        'patch',
        'deployment/audio-gpu-worker',
        '--type=json',
        '--patch',
        JSON.stringify([command]),
      );
    },
    repair: (service) => service.kubectl('rollout', 'undo', 'deployment/audio-gpu-worker').then(),
  },
  {
    what: 'the broker scaled to zero',
    round: 8,
    labels: { component: 'broker' },
    inject: (service) => service.scale('statefulset/redis', 0),
    repair: (service) => service.scale('statefulset/redis', 1),
  },
];

export const shortened = { window: '3m' };
