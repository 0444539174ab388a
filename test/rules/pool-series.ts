import { key, own, target } from './case.ts';

/** Labels of an alert about the CPU pool. */
export const cpuPool = { component: 'worker', pool: 'cpu' };

/** A pod of the CPU pool that Prometheus scrapes all the time. */
export const scraped = { [target('audio-worker', { pool: 'cpu', pod: 'a' })]: '1x60' };

/** Five tasks that wait in a queue of the CPU pool. */
export const waiting = { [key('audio_queue')]: '5x60' };

/** A counter of a worker of the CPU pool. */
export function counter(name: string, labels: Readonly<Record<string, string>> = {}): string {
  return own(name, { pool: 'cpu', pod: 'a', queue: 'audio_queue', ...labels });
}
