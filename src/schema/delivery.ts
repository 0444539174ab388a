import { duration } from './fragments.ts';
import { integer, object, type Schema, string } from './kit.ts';

/** Redelivery of tasks that were received and never acknowledged. */
export const deliverySection: Schema = object('Redelivery of the tasks of a lost worker.', {
  mode: string(
    'When an unacknowledged task is redelivered. `lease`: soon after its worker stops renewing the lease, and never before. `timeout`: after the visibility timeout of the pool (`visibility_timeout`), which is longer than its task limit.',
    'lease',
    { enum: ['lease', 'timeout'] },
  ),
  redeliverAfter: duration(
    'Duration of a lease (AUDIO_PROCESSOR_REDELIVER_AFTER): the tasks of a lost worker are back in their queue after this time, at most 100s later. It is also the longest broker outage during which certainly no task runs twice. Only with `mode: lease`.',
    '15m',
  ),
  maxRedeliveries: integer(
    'Redeliveries of a task after the loss of its worker, before it moves to the dead-letter queue `dead:<queue>` (AUDIO_PROCESSOR_MAX_REDELIVERIES); 0 never moves it.',
    5,
    { minimum: 0 },
  ),
});
