import type { Fault } from '../fault.ts';

/** Faults that must make PoolStalled fire. */
export const faults: readonly Fault[] = [
  {
    what: 'a pool whose main processes are stopped (SIGSTOP)',
    round: 6,
    labels: { pool: 'cpu' },
    inject: async (service) => {
      await service.signalWorkers('SIGSTOP');
      await service.send(4, {});
    },
    repair: (service) => service.signalWorkers('SIGCONT'),
  },
];

export const shortened = { window: '3m' };
