import type { Fault } from '../fault.ts';

/** Faults that must make TaskRedelivered fire. */
export const faults: readonly Fault[] = [
  {
    what: 'a task that kills its process',
    round: 1,
    labels: { pool: 'cpu' },
    inject: (service) => service.send(1, { fail: 'crash' }),
    repair: (service) => service.broker('DEL', 'dead:audio_queue').then(),
  },
];

export const shortened = { window: '5m' };
