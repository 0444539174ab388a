import { detached, type Fault } from '../fault.ts';

/** Faults that must make CpuHigh fire. */
export const faults: readonly Fault[] = [
  {
    what: 'processes of an autoscaled worker that compute more than its CPU limit allows',
    round: 1,
    labels: { component: 'worker', pool: 'cpu', measure: 'throttling' },
    inject: async (service) => {
      const burn = detached('while True: pass');
      for (let burners = 0; burners < 3; burners++) {
        await service.kubectl(
          'exec',
          'deployment/audio-worker',
          '--container=audio-worker',
          '--',
          'python',
          '-c',
          burn,
        );
      }
    },
    repair: (service) => service.kubectl('rollout', 'restart', 'deployment/audio-worker').then(),
  },
  {
    what: 'a process of the API that computes without end',
    round: 2,
    labels: { component: 'api' },
    inject: (service) => service.python(detached('while True: pass')).then(),
    repair: (service) => service.kubectl('rollout', 'restart', 'deployment/audio-processor').then(),
  },
];

export const shortened = { for: '1m' };
