import type { Fault } from '../fault.ts';

/** Faults that must make TaskQueueBacklog fire. */
export const faults: readonly Fault[] = [
  {
    what: '1,200 tasks of a minute',
    round: 4,
    labels: { pool: 'cpu' },
    inject: (service) => service.send(1200, { seconds: 60 }),
    repair: (service) => service.broker('DEL', 'audio_queue').then(),
  },
];
