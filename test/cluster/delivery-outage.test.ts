import { beforeAll, describe, expect, it } from 'vitest';
import { withForward } from '../../src/deploy/forward.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { deletePod, podDeletion, scaleBroker, valkey } from './support/broker.ts';
import { count, withDesk } from './support/ledger.ts';
import { cluster, labInstance, livePods, namespace, upWith } from './support/service.ts';

const bucket = 'audio-features';
const maxRedeliveries = 1;
/** 5 s of drain, and 60 s in which a task is requeued. */
const grace = 65;

beforeAll(async () => {
  await upWith({
    delivery: { maxRedeliveries },
    workers: {
      pools: {
        cpu: {
          concurrency: 1,
          drain: { mode: 'requeue', within: '5s' },
          scaling: { engine: 'fixed', replicas: 1 },
          env: { AUDIO_PROCESSOR_REDELIVER_AFTER: '20' },
        },
      },
    },
  });
});

/** Seconds and status of one request; the status is 0 when nothing came. */
async function timed(url: string, init: RequestInit = {}): Promise<readonly [number, number]> {
  const begun = performance.now();
  const status = await fetch(url, { ...init, signal: AbortSignal.timeout(60_000) }).then(
    async (response) => {
      await response.text();
      return response.status;
    },
    () => 0,
  );
  return [(performance.now() - begun) / 1000, status];
}

/**
 * Requests `/` as long as `meanwhile` runs, and submits beside it, as often as the API's rate limit allows;
 * gives the seconds of each `/`, and the statuses of the submissions.
 */
async function hammer(api: string, meanwhile: () => Promise<void>) {
  const waits: number[] = [];
  const statuses: number[] = [];
  let over = false;
  const read = waitFor(
    'the end of the outage',
    async () => {
      const [seconds, status] = await timed(`${api}/`);
      expect(status).toBe(200);
      waits.push(seconds);
      return over ? { value: true } : { observed: `${waits.length} answers` };
    },
    { deadlineMs: 240_000, everyMs: 50 },
  );
  const body = JSON.stringify({ video_id: 'outage', audio_uri: `s3://${bucket}/samples/sine-440.wav` });
  const headers = { 'content-type': 'application/json' };
  const post = waitFor(
    'the end of the outage',
    async () => {
      if (over) return { value: true };
      const [, status] = await timed(`${api}/process`, { method: 'POST', headers, body });
      statuses.push(status);
      return { observed: `${statuses.length} submissions` };
    },
    { deadlineMs: 240_000, everyMs: 2500 },
  );
  try {
    await meanwhile();
  } finally {
    over = true;
  }
  await Promise.all([read, post]);
  return { waits, statuses };
}

describe('without a broker', () => {
  it('the API answers `/` within 1 s, and a drain ends within its grace period; the task runs again later', async () => {
    await withDesk(bucket, async (desk) => {
      const [worker] = await livePods('worker');
      const name = worker?.metadata.name ?? '';
      const task = await desk.submit('drained', 25);
      await desk.until(task, 'the task to start', (entries) => entries.length > 0, 60_000);
      const api = { namespace, resource: 'service/audio-processor-service', port: 8000 };
      let seconds = Number.NaN;
      const { waits, statuses } = await withForward(cluster(), api, (url) =>
        hammer(url, async () => {
          await scaleBroker(0);
          await deletePod(name);
          seconds = await podDeletion(name, (grace + 60) * 1000);
        }),
      );
      const longest = Math.max(...waits);
      process.stderr.write(
        `without a broker / was requested ${waits.length} times beside submissions (HTTP ${statuses.join(' ')}), the longest took ${longest.toFixed(2)} s; the pod was deleted ${seconds.toFixed(0)} s after its deletion\n`,
      );
      expect(statuses).toContain(500);
      expect(longest).toBeLessThan(1);
      expect(seconds).toBeLessThan(grace + 5);

      await scaleBroker(1);
      const ledger = await desk.until(
        task,
        'one success',
        (entries) => count(entries).succeeded > 0,
        180_000,
      );
      expect(count(ledger)).toEqual({ started: 2, succeeded: 1 });
    });
  });
});

describe('a task that kills its process', () => {
  it('runs 1 + maxRedeliveries times, the queue moves on, and the documented commands show and return it', async () => {
    const thisTest = 'test/cluster/delivery-outage.test.ts';
    const [show = '', returnOldest = ''] = await commandsFor('docs/delivery.md', thisTest);
    const env = {
      KUBECONFIG: labInstance().kubeconfig,
      PATH: `${(await program('kubectl')).replace(/\/[^/]+$/, '')}:${process.env.PATH}`,
    };
    const type = async (command: string) => {
      const { exitCode, stdout, stderr } = await shell(command, { env });
      expect(exitCode, stderr).toBe(0);
      return stdout;
    };
    // The broker outlives the tests, and others kill their tasks, too.
    await valkey('DEL', 'dead:audio_queue');
    await withDesk(bucket, async (desk) => {
      const poison = await desk.submit('poison', 0, { fail: 'crash' });
      const good = await desk.submit('good', 0);
      const quarantined = () =>
        waitFor(
          'the quarantine',
          async () => {
            const length = await valkey('LLEN', 'dead:audio_queue');
            return length === '1' ? { value: true } : { observed: `${length} dead tasks` };
          },
          { deadlineMs: 120_000, everyMs: 1000 },
        );
      await quarantined();
      const runs = 1 + maxRedeliveries;
      expect(count(await desk.ledger(poison))).toEqual({ started: runs, succeeded: 0 });
      await desk.until(good, 'one success', (entries) => count(entries).succeeded === 1, 60_000);

      expect(await type(show)).toContain(poison);
      await type(returnOldest);
      await desk.until(poison, 'another start', (entries) => count(entries).started > runs, 60_000);
      await quarantined();
      expect(count(await desk.ledger(poison)).started).toBe(2 * runs);
    });
  });
});
