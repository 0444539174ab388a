import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { chartDirectory, HelmError, renderText } from '../src/chart/helm.ts';
import { run } from '../src/process/run.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import type { CheckedValues } from './environments.ts';

/** An object that two charts render in different ways. */
export interface ObjectDifference {
  /** The sets of values under which the difference is the same. */
  readonly sets: readonly string[];
  /** Kind, namespace and name: `Deployment ml-service/audio-worker`. */
  readonly object: string;
  /** Unified diff; an object that one of the charts does not render is empty there. */
  readonly patch: string;
}

/** Sets of values that one of two charts refuses and the other renders. */
export interface RefusalDifference {
  readonly sets: readonly string[];
  /** Which chart refuses them: the other one, or that of this clone. */
  readonly refused: 'before' | 'now';
  /** Helm's message. */
  readonly message: string;
}

export type RenderDifference = ObjectDifference | RefusalDifference;

/** A difference as text: sets of values and a diff, or a line when one chart refuses them, with Helm's message when it is this one. */
export function describeDifference(difference: RenderDifference): string {
  const sets = difference.sets.join(', ');
  if ('patch' in difference) return `${sets}\n${difference.patch}`;
  if (difference.refused === 'before') return `${sets}: refused before, renders now`;
  return `${sets}: rendered before, refused now\n${difference.message.replace(/^/gm, '  ')}`;
}

/**
 * Calls `use` with the folder of the chart at a revision of git, and removes the folder afterwards.
 * @throws {CommandError} when git does not know the revision
 */
export async function withChartAt<T>(revision: string, use: (chart: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'chart-'));
  const archive = join(folder, 'chart.tar');
  const options = { cwd: repositoryRoot, timeoutMs: 60_000 };
  try {
    await run('git', ['archive', '--output', archive, revision, 'charts/audio-processor'], options);
    await run('tar', ['-xf', archive, '-C', folder], options);
    return await use(join(folder, 'charts/audio-processor'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Renders every set of values with the chart of this clone and with another, and compares object by object, byte for byte but
 * for comments `# Source:` and empty lines. The order of objects and the file of a template do not matter.
 * @param helm executable to render with
 */
export async function compareRenders(
  before: string,
  sets: readonly CheckedValues[],
  helm: string,
): Promise<readonly RenderDifference[]> {
  const found = new Map<string, RenderDifference>();
  // A difference that many sets share is one difference.
  const add = (key: string, name: string, difference: RenderDifference) =>
    found.set(key, { ...difference, sets: [...(found.get(key)?.sets ?? []), name] });
  for (const { name, valuesFiles } of sets) {
    const old = await render({ chart: before, valuesFiles, helm });
    const now = await render({ chart: chartDirectory, valuesFiles, helm });
    if ((old.refusal === undefined) !== (now.refusal === undefined)) {
      const refused = now.refusal === undefined ? 'before' : 'now';
      const message = now.refusal ?? old.refusal ?? '';
      add(`${refused}: ${message}`, name, { sets: [], refused, message });
      continue;
    }
    for (const object of [...new Set([...old.objects.keys(), ...now.objects.keys()])].sort()) {
      const [one, other] = [old.objects.get(object) ?? '', now.objects.get(object) ?? ''];
      if (one === other) continue;
      const patch = createTwoFilesPatch(object, object, one, other, 'before', 'now', { context: 1 });
      // Line numbers may vary between sets.
      add(patch.replaceAll(/^@@.*$/gm, ''), name, { sets: [], object, patch });
    }
  }
  return [...found.values()];
}

interface Rendering {
  readonly objects: ReadonlyMap<string, string>;
  /** Helm's message, when it refuses the values; it is the only object then. */
  readonly refusal?: string;
}

async function render(options: Parameters<typeof renderText>[0]): Promise<Rendering> {
  try {
    return { objects: objectsOf(await renderText(options)) };
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    return { objects: new Map([['Refusal', `${error.detail}\n`]]), refusal: error.detail };
  }
}

/** Texts of the rendered objects by kind, namespace and name. */
export function objectsOf(stream: string): ReadonlyMap<string, string> {
  const objects = new Map<string, string>();
  for (const document of stream.split(/^---(?=\s)/m)) {
    const lines = document.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('# Source: '));
    const text = lines.join('\n');
    const kind = /^kind: *(\S+)/m.exec(text)?.[1];
    if (kind === undefined) continue;
    const namespace = /^ {2}namespace: *(\S+)/m.exec(text)?.[1];
    const name = /^ {2}name: *(\S+)/m.exec(text)?.[1] ?? '';
    objects.set(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`, `${text}\n`);
  }
  return objects;
}
