import type { Fault } from '../fault.ts';

/** Faults that must make QueueWithoutConsumer fire. */
export const faults: readonly Fault[] = [
  {
    what: 'a message in a queue that no pool consumes',
    round: 1,
    labels: { queue: 'async_batch_queue' },
    inject: (service) => service.send(1, {}, 'async_batch_queue'),
    repair: (service) => service.broker('DEL', 'async_batch_queue').then(),
  },
];
