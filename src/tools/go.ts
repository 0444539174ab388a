import { readFileSync } from 'node:fs';
import { chmod, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, run } from '../process/run.ts';
import { ProblemError } from '../report/problem.ts';
import { hashOf, hashOfTree } from './cache.ts';
import type { GoSource } from './catalog/source.ts';
import { type Progress, stoppedBy } from './progress.ts';
import { repositoryRoot } from './versions.ts';

const flags = ['-trimpath', '-buildvcs=false', '-mod=readonly'];
/** Far above the slowest module on a slow machine. */
const buildTimeoutMs = 75 * 60 * 1000;

/** The Go toolchain that a module of `tools/` would be built with here. */
export interface GoToolchain {
  /** As Go prints it: `go1.26.8`. */
  readonly version: string;
  readonly platform: string;
  /** Module proxies to use, without `direct`. */
  readonly proxy: string;
}

/**
 * Finds Go. A Go of 1.21 or newer fetches the version that go.mod requires by itself, unless GOTOOLCHAIN forbids it.
 * @throws {ProblemError} when there is none that can build the module, with what to install.
 */
export async function goToolchain(source: GoSource): Promise<GoToolchain> {
  const folder = moduleFolder(source);
  const needed = /^go (\S+)$/m.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))?.[1] ?? 'unknown';
  try {
    const { stdout } = await run('go', ['env', '-json', 'GOVERSION', 'GOOS', 'GOARCH', 'GOPROXY'], {
      cwd: folder,
      env: { GOWORK: 'off', GOFLAGS: '' },
      timeoutMs: 5 * 60 * 1000,
    });
    const env = JSON.parse(stdout) as Record<'GOVERSION' | 'GOOS' | 'GOARCH' | 'GOPROXY', string>;
    return {
      version: env.GOVERSION,
      platform: `${env.GOOS}/${env.GOARCH}`,
      proxy: withoutDirect(env.GOPROXY),
    };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new ProblemError([
      {
        message: `Go ${needed} is needed to build ${Object.keys(source.packages).join(', ')}`,
        found: error.notFound
          ? 'no program `go` on the PATH'
          : (error.stderr.trim().split('\n').at(-1) ?? error.message),
        allowed: `Go ${needed} or newer; from 1.21 on it fetches ${needed} itself where GOTOOLCHAIN is not \`local\``,
        remedy: 'install Go from https://go.dev/dl/ and put its `bin` folder on the PATH',
      },
    ]);
  }
}

/**
 * Where a proxy list ends in `direct`, Go would answer a module that the proxy lacks by cloning from the web.
 * A list that is only `direct` stays: there the user has chosen it.
 */
export function withoutDirect(proxy: string): string {
  return proxy.replace(/[,|]direct$/, '');
}

/** Key of a module's programs: its go.mod, go.sum and sources, the flags, and the toolchain. */
export async function goKey(source: GoSource, toolchain: GoToolchain): Promise<string> {
  const sources = await hashOfTree(moduleFolder(source), (path) => /(^go\.(mod|sum)|\.go)$/.test(path));
  const hash = hashOf(
    sources,
    JSON.stringify(source.packages),
    ...arguments_(source),
    toolchain.version,
    toolchain.platform,
  );
  return `${source.name}-${hash}`;
}

/**
 * Builds every program of a module into a folder, each under its own name.
 * @throws {CommandError} with the compiler's words.
 */
export async function goBuild(
  source: GoSource,
  toolchain: GoToolchain,
  folder: string,
  progress: Progress,
): Promise<void> {
  const packages = Object.entries(source.packages);
  await run('go', ['build', ...arguments_(source), '-o', `${folder}/`, ...packages.map(([, path]) => path)], {
    cwd: moduleFolder(source),
    env: { CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '', GOPROXY: toolchain.proxy },
    timeoutMs: buildTimeoutMs,
    ...stoppedBy(progress),
  });
  for (const [program, path] of packages) {
    const built = binaryName(path);
    // etcd's package gives a binary called `server`.
    if (built !== program) await rename(join(folder, built), join(folder, program));
    await chmod(join(folder, program), 0o755);
  }
}

/** The name that `go build` gives a package's binary: the last part of its path that is not a major version. */
export function binaryName(path: string): string {
  const parts = path.split('/');
  const last = parts.at(-1) ?? path;
  return /^v[0-9]+$/.test(last) ? (parts.at(-2) ?? last) : last;
}

function arguments_(source: GoSource): readonly string[] {
  const stamps = Object.entries(source.stamp).map(([variable, value]) => `-X ${variable}=${value}`);
  const tags = source.tags === undefined ? [] : [`-tags=${source.tags.join(',')}`];
  return [...flags, ...tags, `-ldflags=${['-s', '-w', ...stamps].join(' ')}`];
}

function moduleFolder(source: GoSource): string {
  return join(repositoryRoot, 'tools', source.name);
}
