import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { InterruptedError, run, start } from '../../../src/process/run.ts';
import { waitFor } from '../../../src/process/wait-for.ts';
import { cacheRoot } from '../../../src/tools/cache.ts';
import { catalog } from '../../../src/tools/catalog/catalog.ts';
import type { GoSource } from '../../../src/tools/catalog/source.ts';
import { binaryName, goKey, goToolchain, withoutDirect } from '../../../src/tools/go.ts';
import { missingPrograms, program, programs, secondsToBuild } from '../../../src/tools/programs.ts';
import { fakePrograms } from './fake-programs.ts';

const source = (name: string) => catalog().find((one) => one.name === name) as GoSource;

describe('without a Go that can build', () => {
  it('a missing Go is named with its version and the remedy', async () => {
    await fakePrograms({}, 'only');
    await expect(goToolchain(source('etcd'))).rejects.toMatchObject({
      problems: [
        {
          message: 'Go 1.26.8 is needed to build etcd',
          found: 'no program `go` on the PATH',
          remedy: expect.stringContaining('go.dev/dl'),
        },
      ],
    });
  });

  it('an old Go is named with its version', async () => {
    await fakePrograms({
      go: 'echo "go: go.mod requires go >= 1.26.8 (running go 1.21.0; GOTOOLCHAIN=local)" >&2; exit 1',
    });
    await expect(missingPrograms(['kubeconform'])).rejects.toMatchObject({
      problems: [{ found: expect.stringContaining('running go 1.21.0') }],
    });
  });

  it('one that Ctrl-C ended is not taken for a missing one', async () => {
    await fakePrograms({ go: 'kill -INT $$' });
    await expect(goToolchain(source('etcd'))).rejects.toBeInstanceOf(InterruptedError);
  });

  it('Helm and kubectl need none', async () => {
    const { PATH } = process.env;
    await fakePrograms({ go: 'exit 1' });
    expect(process.env.PATH).not.toBe(PATH);
    expect(await program('kubectl')).toMatch(/\/kubectl$/);
  });
});

describe('a module’s key', () => {
  const toolchain = { version: 'go1.26.8', platform: 'linux/amd64', proxy: 'off' };

  it('changes with the toolchain, the platform and the stamp, and not with the proxy', async () => {
    const etcd = source('etcd');
    const base = await goKey(etcd, toolchain);
    expect(await goKey(etcd, { ...toolchain, proxy: 'https://proxy.example' })).toBe(base);
    const others = await Promise.all([
      goKey(etcd, { ...toolchain, version: 'go1.26.9' }),
      goKey(etcd, { ...toolchain, platform: 'linux/arm64' }),
      goKey({ ...etcd, stamp: { 'main.version': 'v1' } }, toolchain),
    ]);
    expect(new Set([base, ...others]).size).toBe(4);
  });
});

it.each([
  ['https://proxy.example,direct', 'https://proxy.example'],
  ['https://a.example|https://b.example|direct', 'https://a.example|https://b.example'],
  ['direct', 'direct'],
  ['off', 'off'],
])('a module that the proxy lacks is not fetched from the web: %s becomes %s', (given, expected) => {
  expect(withoutDirect(given)).toBe(expected);
});

it.each([
  ['go.etcd.io/etcd/server/v3', 'server'],
  ['k8s.io/kubernetes/cmd/kubelet', 'kubelet'],
  ['github.com/coredns/coredns', 'coredns'],
])('`go build` calls the binary of %s %s', (path, name) => {
  expect(binaryName(path)).toBe(name);
});

describe('building a module, by the smallest one', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'go-'));
    // Go's own cache follows XDG_CACHE_HOME; keep it, or the standard library is compiled again.
    vi.stubEnv('GOCACHE', (await run('go', ['env', 'GOCACHE'], { timeoutMs: 20_000 })).stdout);
    vi.stubEnv('XDG_CACHE_HOME', home);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(home, { recursive: true });
  });

  it('prints what it builds and an estimate, and builds it once', async () => {
    expect(await missingPrograms(['pause'])).toEqual(['pause']);
    expect(await secondsToBuild(['pause'])).toBeGreaterThan(0);
    const lines: string[] = [];
    const { pause } = await programs(['pause'], (line) => lines.push(line));
    expect(lines).toEqual(['building 1 of 1: pause; expected 3 s on two idle cores']);
    expect(pause.startsWith(join(cacheRoot(), 'tools', 'pause-'))).toBe(true);

    expect(await missingPrograms(['pause'])).toEqual([]);
    expect(await program('pause', (line) => lines.push(line))).toBe(pause);
    expect(lines).toHaveLength(1);
    expect(await readdir(join(cacheRoot(), 'tools'))).toHaveLength(1);
  }, 120_000);

  it('gives a program that runs: pause waits until a signal ends it', async () => {
    const daemon = start(await program('pause'), [], { logFile: join(home, 'pause.log'), detached: false });
    const running = async () => {
      const status = await readFile(`/proc/${daemon.pid}/status`, 'utf8');
      const name = /^Name:\s*(\S+)/m.exec(status)?.[1];
      const state = /^State:\s*(\S+)/m.exec(status)?.[1];
      return name === 'pause' && state === 'S' ? { value: true } : { observed: `${name} in state ${state}` };
    };
    await waitFor('pause to wait', running, { deadlineMs: 5000, everyMs: 10 });
    process.kill(daemon.pid, 'SIGTERM');
    // 0 once its handler is installed, SIGTERM before that.
    expect([0, 'SIGTERM']).toContain(await daemon.ended);
    expect(await readFile(join(home, 'pause.log'), 'utf8')).toBe('');
  });
});
