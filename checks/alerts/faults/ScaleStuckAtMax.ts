import type { Fault } from '../fault.ts';

/** Faults that must make ScaleStuckAtMax fire. */
export const faults: readonly Fault[] = [
  {
    what: 'a queue that stays filled with all pods that the autoscaler may start',
    round: 5,
    labels: { pool: 'cpu' },
    inject: (service) => service.send(60, { seconds: 60 }),
    repair: (service) => service.broker('DEL', 'audio_queue').then(),
  },
];

export const shortened = { for: '7m' };
