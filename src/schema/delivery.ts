import { duration } from './fragments.ts';
import { integer, object, type Schema, string } from './kit.ts';

/** How a task that was taken and never acknowledged comes back, and how often. */
export const deliverySection: Schema = object('How a task that a lost worker held comes back.', {
  mode: string(
    '`lease`: workers renew what they hold, so that it comes back soon after a worker is lost, and never before. `timeout`: after the pool’s visibility timeout, which is longer than its task limit.',
    'lease',
    { enum: ['lease', 'timeout'] },
  ),
  redeliverAfter: duration(
    '`lease` only: time after which the task of a lost worker is back in its queue (at most 100s more), and the longest broker outage that certainly runs no task twice.',
    '15m',
  ),
  maxRedeliveries: integer(
    'Deliveries of a task that may end with the death of its worker before it is moved to the list `dead:<queue>`; 0 never moves it.',
    5,
    { minimum: 0 },
  ),
});
