import { object, type Schema, string } from './kit.ts';

/** How a task that was taken and never acknowledged comes back. */
export const deliverySection: Schema = object('How a task that a lost worker held comes back.', {
  mode: string("`timeout`: after the pool's visibility timeout.", 'timeout', { enum: ['timeout'] }),
});
