import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import versions from '../../versions.json' with { type: 'json' };
import { run } from '../process/run.ts';
import { ProblemError } from '../report/problem.ts';
import { cached, isCached } from './cache.ts';
import { catalog, programsOf, sourceOf } from './catalog/catalog.ts';
import type { NpmSource, Program, Source } from './catalog/source.ts';
import { type BuildProgress, beginning, type Measured, ongoing } from './estimate.ts';
import { goBuild, goKey, goToolchain } from './go.ts';
import { npmFetch, npmKey } from './npm.ts';
import { type Progress, progressOf } from './progress.ts';
import { isAtLeast } from './versions.ts';

export type { Program } from './catalog/source.ts';

const kind = 'tools';
/** How often a long build reports that it is still running. */
const heartbeatMs = 30_000;

type Note = (line: string) => void;

/**
 * Absolute path of a program, fetched or built if this machine has not got it yet; otherwise within milliseconds.
 * @param note receives a line when something is fetched or built, and every 30 s of it.
 * @throws {ProblemError} when what is needed to get it is missing (Go, a Helm on the PATH), with the remedy.
 */
export async function program(name: Program, note?: Note, signal?: AbortSignal): Promise<string> {
  const source = sourceOf(name);
  const title = `${verb(source)} ${source.name}`;
  const alone = { finished: [], pending: [] };
  return join(await ready(source, name, progressOf(note, signal), title, alone), name);
}

/**
 * Paths of several programs. What is missing is made one source after another, each with its place and the time to expect:
 * "building 3 of 7: coredns; expected 3 min on two idle cores; about 24 min left at the pace so far".
 */
export async function programs<P extends Program>(
  names: readonly P[],
  note?: Note,
  signal?: AbortSignal,
): Promise<Readonly<Record<P, string>>> {
  const progress = progressOf(note, signal);
  const missing = await missingSources(names);
  const finished: Measured[] = [];
  for (const [index, source] of missing.entries()) {
    const title = `${verb(source)} ${index + 1} of ${missing.length}: ${source.name}`;
    const pending = missing.slice(index + 1).map((one) => one.seconds);
    const [first] = programsOf(source);
    const begun = Date.now();
    if (first !== undefined) await ready(source, first, progress, title, { finished, pending });
    finished.push({ expected: source.seconds, measured: (Date.now() - begun) / 1000 });
  }
  const paths = await Promise.all(
    names.map(async (name) => [name, await program(name, note, signal)] as const),
  );
  return Object.fromEntries(paths) as Record<P, string>;
}

/** Those of the named programs that would have to be fetched or built. */
export async function missingPrograms(names: readonly Program[]): Promise<readonly Program[]> {
  const sources = await missingSources(names);
  return names.filter((name) => sources.some((source) => programsOf(source).includes(name)));
}

/** Seconds to expect for the named programs on 2 cores, modules downloaded; 0 when everything is there. */
export async function secondsToBuild(names: readonly Program[]): Promise<number> {
  return sum((await missingSources(names)).map((source) => source.seconds));
}

/** Each missing source once, in the catalogue's order. */
async function missingSources(names: readonly Program[]): Promise<readonly Source[]> {
  const wanted = catalog().filter((source) => programsOf(source).some((name) => names.includes(name)));
  const keys = await Promise.all(wanted.map((source) => (comesFromPath(source) ? undefined : keyOf(source))));
  return wanted.filter((_, index) => {
    const key = keys[index];
    return key !== undefined && !isCached(kind, key);
  });
}

async function keyOf(source: Source): Promise<string> {
  return source.kind === 'npm' ? npmKey(source) : goKey(source, await goToolchain(source));
}

/** The folder that has a source's programs. Notes the title only when there is something to do. */
async function ready(
  source: Source,
  name: Program,
  progress: Progress,
  title: string,
  builds: BuildProgress,
): Promise<string> {
  const begin = () => progress.note(`${title}; ${beginning(source.seconds, builds)}`);
  if (source.kind === 'npm') {
    if (comesFromPath(source)) return fromPath(source, name);
    const fetch = async (folder: string) => {
      begin();
      await npmFetch(source, folder, progress);
    };
    return cached(kind, npmKey(source), fetch, progress);
  }
  const toolchain = await goToolchain(source);
  const build = async (folder: string) => {
    begin();
    await reporting(source, progress, builds, () => goBuild(source, toolchain, folder, progress));
  };
  return cached(kind, await goKey(source, toolchain), build, progress);
}

function verb(source: Source): string {
  return source.kind === 'go' ? 'building' : 'fetching';
}

function comesFromPath(source: Source): boolean {
  return source.kind === 'npm' && source.platform !== `${process.platform}-${process.arch}`;
}

/** The PATH's folder of a program, once it is known to be new enough. */
async function fromPath(source: NpmSource, name: Program): Promise<string> {
  const folder = findOnPath(name);
  const { floor } = versions.helm;
  const here = `${process.platform}-${process.arch}`;
  if (folder === undefined) {
    throw new ProblemError([
      {
        message: `${name} is needed on the PATH: the pinned one exists for ${source.platform} only, and this is ${here}`,
        found: 'none on the PATH',
        ...(name === 'helm' ? { allowed: `Helm ${floor} or newer` } : {}),
        remedy: `install ${name} and run the command again`,
      },
    ]);
  }
  if (name === 'helm') await requireHelm(join(folder, name), floor);
  return folder;
}

/**
 * Checks that a Helm is new enough for the chart.
 * @throws {ProblemError} with what was found and what is needed.
 */
export async function requireHelm(path: string, floor: string): Promise<void> {
  const { stdout } = await run(path, ['version', '--template', '{{.Version}}'], { timeoutMs: 20_000 });
  const found = stdout.trim();
  if (isAtLeast(found, floor)) return;
  throw new ProblemError([
    {
      message: 'Helm is too old',
      found: `${found} at ${path}`,
      allowed: `${floor} or newer`,
      remedy: 'install a newer Helm, or put it first on the PATH',
    },
  ]);
}

function findOnPath(name: string): string | undefined {
  return (process.env.PATH ?? '').split(delimiter).find((folder) => {
    if (!isAbsolute(folder)) return false;
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Notes at intervals how long a build has been running. */
async function reporting(
  source: Source,
  { note }: Progress,
  builds: BuildProgress,
  work: () => Promise<void>,
): Promise<void> {
  const begun = Date.now();
  const timer = setInterval(() => {
    const running = { expected: source.seconds, measured: (Date.now() - begun) / 1000 };
    note(`still building ${source.name}: ${ongoing(running, builds)}`);
  }, heartbeatMs);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
