import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { submit, waitForTask } from '../../../src/deploy/api-client.ts';

let server: Server | undefined;
afterEach(
  () => new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve))),
);

/** A loopback server that gives the answers in order, the last one for ever. */
async function answering(answers: readonly { status: number; body: object }[]): Promise<string> {
  let next = 0;
  const created = createServer((_request, response) => {
    const answer = answers[Math.min(next++, answers.length - 1)];
    response.writeHead(answer?.status ?? 500, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer?.body ?? {}));
  });
  server = created;
  await new Promise<void>((resolve) => created.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(created.address() as AddressInfo).port}`;
}

const request = { video_id: 'sine', audio_uri: 's3://audio/sine.wav' };
const state = (status: string) => ({ status: 200, body: { task_id: 'id', status, result: {}, error: null } });

describe('submitting a file', () => {
  it('gives the task id', async () => {
    const api = await answering([{ status: 200, body: { accepted: true, celery_task_id: 'id' } }]);
    await expect(submit(api, request)).resolves.toBe('id');
  });

  it('waits a rate limit out', async () => {
    const limited = { status: 429, body: { error: 'Rate limit exceeded: 10 per 1 minute' } };
    const api = await answering([limited, { status: 200, body: { celery_task_id: 'id' } }]);
    await expect(submit(api, request)).resolves.toBe('id');
  });

  it('ends at once on any other refusal, with the answer', async () => {
    const api = await answering([{ status: 400, body: { error: 'no URI' } }]);
    await expect(submit(api, request)).rejects.toThrow('POST /process for sine: HTTP 400 {"error":"no URI"}');
  });
});

describe('waiting for a task', () => {
  it('ends when it is completed', async () => {
    const api = await answering([state('pending'), state('processing'), state('completed')]);
    await expect(waitForTask(api, 'id', { deadlineMs: 10_000 })).resolves.toMatchObject({
      status: 'completed',
    });
  });

  it('reports after the deadline what it observed instead', async () => {
    const api = await answering([state('processing')]);
    await expect(waitForTask(api, 'id', { deadlineMs: 400 })).rejects.toThrow(
      'waited 0.4 s for task id to end; observed instead: processing',
    );
  });
});
