import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daemon, start } from '../../../src/process/run.ts';
import { waitFor } from '../../../src/process/wait-for.ts';

const script = join(import.meta.dirname, '../../../lab/services/masterml/receiver.py');
const notify = 'api/v1/processors/audio/notify';

describe('the MasterML receiver', () => {
  let folder: string;
  let receiver: Daemon;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'receiver-'));
    const logFile = join(folder, 'log');
    receiver = start('python3', [script], {
      logFile,
      detached: false,
      env: { ...(process.env as Record<string, string>), HOST: '127.0.0.1', PORT: '0' },
    });
    const port = await waitFor(
      'the receiver to listen',
      async () => {
        const log = await readFile(logFile, 'utf8');
        const opened = /listening on \('127\.0\.0\.1', (\d+)\)/.exec(log);
        return opened?.[1] === undefined ? { observed: log || 'no output' } : { value: opened[1] };
      },
      { deadlineMs: 10_000, everyMs: 20 },
    );
    url = `http://127.0.0.1:${port}`;
  });

  afterAll(async () => {
    await receiver.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['/health', '//health'])('%s is healthy', async (path) => {
    const response = await fetch(`${url}${path}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'healthy' });
  });

  it.each(['', '/'])(
    'takes notifications with %j in front of the path, and lists them in order with their token',
    async (slash) => {
      const before = (await (await fetch(`${url}/notifications`)).json()) as unknown[];
      const body = { video_id: `v${slash.length}`, status: 'completed' };
      const response = await fetch(`${url}/${slash}${notify}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { authorization: 'Bearer t' },
      });
      expect(response.status).toBe(202);
      const after = (await (await fetch(`${url}/notifications`)).json()) as unknown[];
      expect(after).toHaveLength(before.length + 1);
      expect(after.at(-1)).toMatchObject({ body, authorization: 'Bearer t' });
    },
  );

  it.each([
    ['no JSON', notify, '{', 400],
    ['no object', notify, '[1]', 400],
    ['another path', 'api/v2', '{}', 404],
  ])('refuses %s', async (_, path, body, status) => {
    expect((await fetch(`${url}/${path}`, { method: 'POST', body })).status).toBe(status);
  });

  it('ends on SIGTERM by itself', async () => {
    await receiver.stop();
    expect(await receiver.ended).toBe(0);
  });
});
