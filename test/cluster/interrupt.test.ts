import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instance } from '../../lab/cluster/instance.ts';
import { nodeDown } from '../../lab/cluster/node.ts';
import { pendingRevisions } from '../../src/deploy/pending.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { cli } from '../support/cli.ts';

const lab = instance('audio-processor-test-interrupt');

beforeAll(() => nodeDown(lab));
afterAll(() => nodeDown(lab));

/** Starts `up` in a new process group: Ctrl-C on a terminal reaches every process of the group. */
function startUp() {
  const script = join(repositoryRoot, 'scripts/bootstrap.mjs');
  return spawn(process.execPath, [script, 'cli', 'up', '--name', lab.name], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
}

/**
 * Runs `up` and presses Ctrl-C in the moment in which the step begins whose title matches.
 * @returns the exit code, whether the step was observed, and everything it printed.
 */
async function upInterrupted(step: RegExp) {
  const child = startUp();
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const lines: string[] = [];
  let sent = false;
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    if (!sent && line.startsWith('…') && step.test(line) && child.pid !== undefined) {
      sent = true;
      process.kill(-child.pid, 'SIGINT');
    }
  }
  const [code] = await exit;
  return { code, sent, text: lines.join('\n') };
}

// One after another on one lab: each interrupted run starts where the one before was interrupted.
describe('Ctrl-C in each phase of up', () => {
  it.each([
    ['what this machine lacks', /what this machine lacks/],
    ['images', /images/],
    ['the node', /containerd|control plane|node/i],
    ['cluster services', /CoreDNS|add-ons|addons|DNS/i],
    ['S3 and MasterML', /S3 and MasterML/],
    ['Secrets', /Secrets/],
    ['the install', /install audio-processor/],
    ['the analysis', /analyse/],
  ])('%s: ends with 130 and prints how to continue', async (_name, step) => {
    const { code, sent, text } = await upInterrupted(step);
    expect(sent, text).toBe(true);
    expect(text).toContain('interrupted');
    expect(code, text).toBe(130);
  });

  it('the next up continues and ends with all features', async () => {
    const { exitCode, stderr } = await cli(['up', '--name', lab.name], { timeoutMs: 240_000 });
    expect(exitCode, stderr).toBe(0);
  });
});

describe('up beside an up that has not ended', () => {
  it('is refused, and does not disturb it', async () => {
    const first = startUp();
    const exit = once(first, 'exit');
    await once(first.stderr.resume(), 'data');
    const second = await cli(['up', '--name', lab.name]);
    expect(second.stderr).toMatch(/another command works on the lab.*process \d+ runs up/s);
    expect(second.exitCode).toBe(2);
    expect((await exit)[0]).toBe(0);
  });
});

describe('kill -9 of up while Helm makes a revision', () => {
  it('is survived by the next up, which forgets that revision', async () => {
    const child = startUp();
    const exit = once(child, 'exit');
    await waitFor(
      'a pending revision',
      async () => {
        const found = await pendingRevisions({ kubeconfig: lab.kubeconfig }, 'ml-service', 'audio-processor');
        return found.length > 0
          ? { value: found }
          : { observed: `none; up ended: ${child.exitCode ?? 'no'}` };
      },
      { deadlineMs: 60_000, everyMs: 20 },
    );
    process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
    await exit;
    const { exitCode, stderr } = await cli(['up', '--name', lab.name], { timeoutMs: 240_000 });
    expect(stderr).toMatch(
      /forgot sh\.helm\.release\.v1\.audio-processor\.v\d+, which a killed run left behind/,
    );
    expect(exitCode, stderr).toBe(0);
  });

  it('and down ends everything, twice', async () => {
    for (const _ of [1, 2]) {
      const { exitCode, stderr } = await cli(['down', '--name', lab.name]);
      expect(exitCode, stderr).toBe(0);
    }
  });
});
