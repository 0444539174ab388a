import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instance } from '../../lab/cluster/instance.ts';
import { nodeDown } from '../../lab/cluster/node.ts';
import { repositoryRoot } from '../../src/cli/paths.ts';
import { cli } from '../support/cli.ts';

const lab = instance('audio-processor-test-interrupt');

beforeAll(() => nodeDown(lab));
afterAll(() => nodeDown(lab));

/**
 * Runs `up` and sends a signal in the moment in which the step begins whose title matches.
 * @returns exit code, or the signal that ended it, and everything it printed.
 */
async function upInterrupted(step: RegExp, signal: 'SIGINT' | 'SIGKILL') {
  const script = join(repositoryRoot, 'scripts/bootstrap.mjs');
  const child = spawn(process.execPath, [script, 'cli', 'up', '--name', lab.name], {
    // A group of its own: Ctrl-C on a terminal reaches every process of the group, and so does this.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const lines: string[] = [];
  let sent = false;
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    if (!sent && line.startsWith('…') && step.test(line) && child.pid !== undefined) {
      sent = true;
      process.kill(-child.pid, signal);
    }
  }
  const code = child.exitCode ?? (await once(child, 'exit'))[0];
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
  ])('%s: ends with 130 and says how to go on', async (_name, step) => {
    const { code, sent, text } = await upInterrupted(step, 'SIGINT');
    expect(sent, text).toBe(true);
    expect(text).toContain('interrupted');
    expect(code, text).toBe(130);
  });

  it('the next up goes on and ends with all features', async () => {
    const { exitCode, stderr } = await cli(['up', '--name', lab.name], { timeoutMs: 240_000 });
    expect(exitCode, stderr).toBe(0);
  });
});

describe('kill -9 of up in the middle of the install', () => {
  it('is survived by the next up', async () => {
    const { sent, text } = await upInterrupted(/install audio-processor/, 'SIGKILL');
    expect(sent, text).toBe(true);
    const { exitCode, stderr } = await cli(['up', '--name', lab.name], { timeoutMs: 240_000 });
    expect(exitCode, stderr).toBe(0);
  });

  it('and down ends everything in 3 s, twice', async () => {
    for (const _ of [1, 2]) {
      const begun = performance.now();
      const { exitCode, stderr } = await cli(['down', '--name', lab.name]);
      expect(exitCode, stderr).toBe(0);
      expect(performance.now() - begun).toBeLessThan(10_000);
    }
  });
});
