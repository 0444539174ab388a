import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../src/kubernetes/kubectl.ts';
import { withInbox } from './inbox.ts';
import { Service } from './service.ts';

/** What happens to a service on a day without faults, and which notifications were sent. */
export interface Silence {
  readonly minutes: number;
  readonly tasks: number;
  /** How often Watchdog, which always fires, was notified meanwhile: without it silence would prove nothing. */
  readonly heartbeats: number;
  /** What was done besides, in a few words. */
  readonly events: readonly string[];
  /** Names of the alerts that were sent; a proof has none. */
  readonly sent: readonly string[];
}

const minutes = 10;
/** At each turn of this length some tasks come. */
const turnMs = 20_000;
const tasksATurn = 4;
/** And so many of the other pool, which is scaled: two pods of it are never idle together. */
const longTasksATurn = 3;

/** What is done at which share of the time. */
const events: readonly { readonly at: number; readonly what: string; readonly command: readonly string[] }[] =
  [
    {
      at: 0.1,
      what: 'a rollout of the API',
      command: ['rollout', 'restart', 'deployment/audio-processor'],
    },
    {
      at: 0.25,
      what: 'a rollout of the workers with tasks in them',
      command: ['rollout', 'restart', 'deployment/audio-worker'],
    },
    { at: 0.45, what: 'a scale-out', command: ['scale', 'deployment/audio-gpu-worker', '--replicas=2'] },
    {
      at: 0.65,
      what: 'a scale-in with tasks in the pool',
      command: ['scale', 'deployment/audio-gpu-worker', '--replicas=1'],
    },
  ];

/** Runs a lab with monitoring for some ordinary minutes, and returns what reached the webhook. */
export async function proveSilence(cluster: Cluster): Promise<Silence> {
  const service = new Service(cluster);
  return withInbox(cluster, async (read) => {
    const begun = Date.now();
    const share = () => (Date.now() - begun) / (minutes * 60_000);
    const waiting = [...events];
    let tasks = 0;
    while (share() < 1) {
      const next = Date.now() + turnMs;
      await service.send(tasksATurn, { seconds: 3 });
      await service.send(longTasksATurn, { seconds: 15 }, 'gpu_queue');
      tasks += tasksATurn + longTasksATurn;
      while ((waiting[0]?.at ?? 1) <= share()) await service.kubectl(...(waiting.shift()?.command ?? []));
      await sleep(Math.max(0, next - Date.now()));
    }
    const names = (await read())
      .filter(({ at, status }) => at >= begun && status === 'firing')
      .map(({ labels }) => labels.alertname ?? '');
    return {
      minutes,
      tasks,
      events: events.map(({ what }) => what),
      heartbeats: names.filter((name) => name === 'Watchdog').length,
      sent: [...new Set(names.filter((name) => name !== 'Watchdog'))].sort(),
    };
  });
}
