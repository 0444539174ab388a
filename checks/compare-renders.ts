import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { chartDirectory, HelmError, renderText } from '../src/chart/helm.ts';
import { run } from '../src/process/run.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import type { CheckedValues } from './environments.ts';

/** An object that two charts render in different ways. */
export interface RenderDifference {
  /** The sets of values under which the difference is the same. */
  readonly sets: readonly string[];
  /** Kind, namespace and name: `Deployment ml-service/audio-worker`. */
  readonly object: string;
  /** Unified diff; an object that one of the charts does not render is empty there. */
  readonly patch: string;
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
  for (const { name, valuesFiles } of sets) {
    const old = objectsOf(await render({ chart: before, valuesFiles, helm }));
    const now = objectsOf(await render({ chart: chartDirectory, valuesFiles, helm }));
    for (const object of [...new Set([...old.keys(), ...now.keys()])].sort()) {
      const [one, other] = [old.get(object) ?? '', now.get(object) ?? ''];
      if (one === other) continue;
      const patch = createTwoFilesPatch(object, object, one, other, 'before', 'now', { context: 1 });
      // A difference that many sets share is one difference; its line numbers may vary.
      const key = patch.replaceAll(/^@@.*$/gm, '');
      const sameElsewhere = found.get(key)?.sets ?? [];
      found.set(key, { sets: [...sameElsewhere, name], object, patch });
    }
  }
  return [...found.values()];
}

/** A refusal is compared as well: it is rendered as its message. */
async function render(options: Parameters<typeof renderText>[0]): Promise<string> {
  try {
    return await renderText(options);
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    return `kind: Refusal\nmetadata:\n  name: helm\nmessage: ${error.message}`;
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
