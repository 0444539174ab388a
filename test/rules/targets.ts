import { own, series, target } from './case.ts';

export const api = target('audio-api', { pod: 'a' });
/** A second pod of the API. */
export const other = target('audio-api', { pod: 'b' });
export const gpu = target('audio-worker', { pool: 'gpu', pod: 'a' });
export const broker = target('audio-broker');
export const flower = target('audio-flower');
/** Whether the exporter reaches the broker. */
export const brokerUp = own('redis_up');
const cpu = target('audio-worker', { pool: 'cpu', pod: 'a' });
const kubelet = series('up', { job: 'kubelet-cadvisor', instance: 'node' });

/** All targets answer. */
export const healthy: Readonly<Record<string, string>> = Object.fromEntries(
  [api, cpu, gpu, broker, flower, brokerUp, kubelet].map((name) => [name, '1x60']),
);

/** Labels of an alert about a pool as a target. */
export function poolTarget(pool: string): Readonly<Record<string, string>> {
  return { component: 'worker', job: 'audio-worker', pool };
}
