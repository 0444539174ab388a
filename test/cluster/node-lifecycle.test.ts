import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { apiGet } from '../../lab/cluster/api.ts';
import { instance, stateRoot } from '../../lab/cluster/instance.ts';
import { readSysctls } from '../../lab/cluster/machine-settings.ts';
import { nodeDown, nodeExec, nodeStatus } from '../../lab/cluster/node.ts';
import { nodePid } from '../../lab/cluster/pid1.ts';
import { mounts, processes } from '../../lab/cluster/proc.ts';
import { traces } from '../../lab/cluster/traces.ts';
import { run, start } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { ProblemError } from '../../src/report/problem.ts';
import { bareNodeUp } from './support/bare-node.ts';

/** A second lab beside the one that all cluster tests share. */
const lab = instance('audio-processor-test-lifecycle');
const shared = instance(inject('labInstance'));

/** Everything of this machine that the lab could leave behind. Other labs may come and go meanwhile. */
async function machine() {
  const list = await mounts();
  const groups = list
    .filter(({ type }) => type === 'cgroup' || type === 'cgroup2')
    .map(async ({ target }) => (await readdir(target)).map((name) => join(target, name)));
  const output = async (...args: string[]) =>
    (await run('ip', args, { timeoutMs: 5_000 })).stdout.split('\n');
  const own = (await processes()).filter(({ argv }) => argv.some((argument) => argument.includes(lab.name)));
  const ofOtherLab = (text: string) => text.includes('/lab-') && !text.includes(lab.netns);
  return {
    mounts: list
      .map(({ target, type }) => `${type} ${target}`)
      .filter((mount) => !ofOtherLab(mount))
      .sort(),
    namespaces: (await output('netns', 'list')).filter(
      (line) => !line.startsWith('lab-') || line.includes(lab.netns),
    ),
    links: (await output('-brief', 'link')).sort(),
    cgroups: (await Promise.all(groups)).flat().filter((path) => path.includes(lab.cgroup)),
    processes: own.map(({ pid, argv }) => `${pid} ${argv.join(' ')}`),
    files: (await readdir(stateRoot)).filter((name) => name.includes(lab.name)),
    sysctls: await readSysctls(),
  };
}

/** Ids of every process of the node: its own and those of its pods. */
async function members(): Promise<readonly number[]> {
  const init = await nodePid(lab);
  const namespaceOf = (pid: number) => readlink(`/proc/${pid}/ns/pid`).catch(() => 'ended');
  const ours = await namespaceOf(init);
  const found = (await processes()).map(async ({ pid }) => {
    const groups = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
    return groups.includes(`${lab.cgroup}/`) || (await namespaceOf(pid)) === ours ? [pid] : [];
  });
  return (await Promise.all(found)).flat();
}

let before: Awaited<ReturnType<typeof machine>>;
/** Titles of the steps of a whole `up`, in the order in which they begin. */
const steps: string[] = [];

beforeAll(async () => {
  await nodeDown(lab);
  before = await machine();
  await bareNodeUp(lab, (line) => {
    const title = beginningOf(line);
    if (title !== undefined) steps.push(title);
  });
});
afterAll(() => nodeDown(lab));

/** The title of the step that begins with this line. */
function beginningOf(line: string): string | undefined {
  return /…\S* (.+)$/.exec(line)?.[1];
}

describe('two labs side by side', () => {
  it('both answer, on different ports', async () => {
    for (const one of [lab, shared]) expect(await nodeStatus(one)).toMatchObject({ state: 'running' });
    expect(lab.apiPort).not.toBe(shared.apiPort);
    expect((await apiGet(lab, `/api/v1/nodes/${shared.nodeName}`)).status).toBe(404);
  });
});

describe('a node that was damaged', () => {
  it('is reported by the process that does not answer', async () => {
    const { stdout } = await nodeExec(lab, [
      '/bin/sh',
      '-c',
      'cat /proc/[0-9]*/comm; grep -lx kubelet /proc/[0-9]*/comm',
    ]);
    const kubelet = /\/proc\/(\d+)\/comm/.exec(stdout)?.[1] ?? '';
    await nodeExec(lab, ['/bin/sh', '-c', `kill -9 ${kubelet}`]);
    const reasons = await waitFor(
      'the status to notice the kubelet’s end',
      async () => {
        const status = await nodeStatus(lab);
        return status.state === 'broken' ? { value: status.reasons } : { observed: status.state };
      },
      { deadlineMs: 10_000 },
    );
    expect(reasons).toEqual([expect.stringMatching(/^kubelet: .*10248/s)]);
  });

  it('is created again by up after kill -9 of its PID 1', async () => {
    process.kill(await nodePid(lab), 'SIGKILL');
    await waitFor(
      'the node’s end',
      async () => {
        const status = await nodeStatus(lab);
        return status.state === 'broken' && status.reasons.includes('its PID 1 does not run')
          ? { value: undefined }
          : { observed: JSON.stringify(status) };
      },
      { deadlineMs: 10_000 },
    );
    await bareNodeUp(lab);
    expect(await nodeStatus(lab)).toMatchObject({ state: 'running' });
  });
});

describe('down', () => {
  it('twice leaves nothing: no mount, namespace, link, cgroup, process, file or setting', async () => {
    const doomed = await members();
    // Nine daemons, three pods with a pause, a program and a shim each, and PID 1.
    expect(doomed.length).toBeGreaterThanOrEqual(19);
    await nodeDown(lab);
    const survivors = (await processes()).filter(({ pid }) => doomed.includes(pid));
    expect(survivors).toEqual([]);
    expect(await machine()).toEqual(before);
    await nodeDown(lab);
    expect(await machine()).toEqual(before);
  });

  it('of one lab leaves the other one running', async () => {
    expect(await nodeStatus(shared)).toMatchObject({ state: 'running' });
  });
});

describe('up', () => {
  it('refuses a taken port, names who has it, and changes nothing', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen({ host: '127.0.0.1', port: lab.apiPort }, resolve));
    try {
      const refusal = await bareNodeUp(lab).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(ProblemError);
      expect(String(refusal)).toContain(`port ${lab.apiPort} of 127.0.0.1`);
      expect(String(refusal)).toContain(`process ${process.pid}`);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
    expect(await machine()).toEqual(before);
  });

  it('that was killed in the middle no longer holds the lab, and down clears what it left', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'killed-up-'));
    const logFile = join(folder, 'log');
    const script = join(import.meta.dirname, 'support/bare-node.ts');
    const up = start(process.execPath, ['--import', 'tsx', script, lab.name], { logFile, detached: false });
    try {
      const printed = async (what: string) => {
        const log = await readFile(logFile, 'utf8');
        return log.includes(what) ? { value: undefined } : { observed: log };
      };
      await waitFor('up to start the kubelet', () => printed('… kubelet'), {
        deadlineMs: 90_000,
        everyMs: 20,
      });
      await expect(bareNodeUp(lab)).rejects.toThrow(new RegExp(`process ${up.pid} runs up`));
      process.kill(up.pid, 'SIGKILL');
      expect(await up.ended).toBe('SIGKILL');
      expect(await nodeStatus(lab)).toMatchObject({ state: 'broken' });
      await nodeDown(lab);
      expect(await machine()).toEqual(before);
    } finally {
      await up.stop();
      await rm(folder, { recursive: true });
    }
  });

  it('ends in every step at Ctrl-C and leaves nothing', async () => {
    expect(steps).toEqual(
      expect.arrayContaining([
        'namespaces',
        'etcd',
        'kube-apiserver',
        'images of the node',
        'kubelet',
        'DNS and storage',
      ]),
    );
    const ended: string[] = [];
    for (const title of steps) {
      const ctrlC = new AbortController();
      const reason = new Error(`interrupted in ${title}`);
      const onLine = (line: string) => {
        if (beginningOf(line) === title) ctrlC.abort(reason);
      };
      await expect(bareNodeUp(lab, onLine, ctrlC.signal), title).rejects.toBe(reason);
      expect(await traces(lab), title).toEqual([]);
      ended.push(title);
    }
    expect(ended).toEqual(steps);
    expect(await machine()).toEqual(before);
  });
});
