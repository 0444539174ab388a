import type { Fault } from '../fault.ts';

/** Faults that must make SlowProcessing fire. */
export const faults: readonly Fault[] = [
  {
    what: 'tasks of 330 s in a pool with a threshold of 300 s',
    round: 3,
    labels: { pool: 'cpu' },
    // As many as the pool runs at a time, so that no task waits for longer than that.
    inject: (service) => service.send(2, { seconds: 330 }),
    repair: async () => {},
  },
];

export const shortened = { window: '5m', for: '1m' };
