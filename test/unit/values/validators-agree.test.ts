import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chartDirectory, HelmError, type RenderOptions, renderText } from '../../../src/chart/helm.ts';
import { valuesSchema } from '../../../src/schema/values.ts';
import { compileChecker } from '../../../src/values/check-merged.ts';
import type { PlacedProblem } from '../../../src/values/check-overlay.ts';
import { mergeValues } from '../../../src/values/merge.ts';
import { pointerKeys, showPath } from '../../../src/values/path.ts';
import { defaultValues } from '../../../src/values/schema-tree.ts';
import { readRefusals, refusedKeys } from '../../support/helm-refusals.ts';
import { executableOf, testedHelms } from '../../support/helms.ts';
import { overlayArbitrary } from './support/overlay-arbitrary.ts';

/** How many generated overlays each Helm gets; the others of the matrix carry the same validator in another version. */
const cases = testedHelms.map((helm) => [helm, helm === 'helm' ? 300 : 30] as const);

it.each(cases)(
  'ajv and %s agree on verdict and paths for %d generated overlays',
  async (helm, overlays) => {
    const executable = await executableOf(helm);
    const chart = await chartOfSchemaOnly();
    const check = compileChecker(valuesSchema);
    const defaults = defaultValues(valuesSchema);
    const split = { accepted: 0, refused: 0 };
    const agree = fc.asyncProperty(overlayArbitrary(valuesSchema), async (overlay) => {
      const ours = new Set(check(mergeValues(defaults, [overlay])).map(refusedPlace));
      split[ours.size === 0 ? 'accepted' : 'refused'] += 1;
      expect(
        [
          ...(await helmRefuses({
            chart,
            values: overlay,
            ...(executable === undefined ? {} : { helm: executable }),
          })),
        ].sort(),
      ).toEqual([...ours].sort());
    });
    try {
      // Two at a time; each half shrinks a disagreement by itself.
      await Promise.all([1, 2].map((seed) => fc.assert(agree, { numRuns: overlays / 2, seed })));
    } finally {
      await rm(chart, { recursive: true });
    }
    console.info(`${split.accepted} accepted, ${split.refused} refused`);
    expect(split.accepted + split.refused).toBe(overlays);
    expect(split.accepted).toBeGreaterThanOrEqual(0.3 * overlays);
    expect(split.refused).toBeGreaterThanOrEqual(0.3 * overlays);
  },
  180_000,
);

/** The chart with its schema and defaults and one template that cannot fail: what it refuses, the schema refuses. */
async function chartOfSchemaOnly(): Promise<string> {
  const chart = await mkdtemp(join(tmpdir(), 'schema-only-'));
  for (const file of ['values.yaml', 'values.schema.json']) {
    await cp(join(chartDirectory, file), join(chart, file));
  }
  // No subcharts: they check again what this schema holds as well, and name places from their own root.
  const meta = { apiVersion: 'v2', name: 'schema-only', version: '1.0.0' };
  await writeFile(join(chart, 'Chart.yaml'), JSON.stringify(meta));
  await mkdir(join(chart, 'templates'));
  await writeFile(join(chart, 'templates/nothing.yaml'), '# nothing\n');
  return chart;
}

/** A refused value by its path; a refused name by itself, since Helm does not report its path. */
function refusedPlace({ keys, path, message }: PlacedProblem): string {
  return message.endsWith('cannot be a name here') ? `the name ${keys.at(-1)}` : String(path);
}

/** What Helm's schema check refuses, in the same form. */
async function helmRefuses(options: RenderOptions): Promise<ReadonlySet<string>> {
  try {
    await renderText(options);
    return new Set();
  } catch (error) {
    if (!(error instanceof HelmError) || error.kind !== 'schema') throw error;
    const refusals = readRefusals(error.detail);
    const names = refusals.flatMap(({ name }) => (name === undefined ? [] : [`the name ${name}`]));
    return new Set([
      ...names,
      ...refusals.flatMap(refusedKeys).map((pointer) => showPath(pointerKeys(pointer))),
    ]);
  }
}
