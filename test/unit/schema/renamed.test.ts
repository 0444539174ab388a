import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderText } from '../../../src/chart/helm.ts';
import { validateOverlays } from '../../../src/chart/validate.ts';
import { renamedValues } from '../../../src/schema/renamed.ts';
import { valuesSchema } from '../../../src/schema/values.ts';
import { schemaAt } from '../../../src/values/schema-tree.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'renamed-'));
});
afterAll(() => rm(folder, { recursive: true }));

const nested = (path: string, value: string) =>
  path.split('.').reduceRight<object | string>((below, key) => ({ [key]: below }), value) as object;

describe.each(Object.entries(renamedValues))('the old path %s', (before, now) => {
  it('is not in the values, and the new one is', () => {
    expect(schemaAt(valuesSchema, before.split('.'))).toBeUndefined();
    expect(schemaAt(valuesSchema, now.split('.'))).toBeDefined();
  });

  it('is refused by `npm run validate`, with the new path as remedy', async () => {
    const file = join(folder, 'old.yaml');
    await writeFile(file, JSON.stringify(nested(before, 'x')));
    expect(await validateOverlays([file])).toEqual([
      expect.objectContaining({ path: before, remedy: expect.stringContaining(now) }),
    ]);
  });

  it('is refused by Helm in one line with the new path', async () => {
    const refusal: unknown = await renderText({ values: nested(before, 'x') }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ kind: 'schema', detail: expect.stringContaining(now) });
    expect(refusal).toMatchObject({ detail: expect.stringContaining(`/${before.replaceAll('.', '/')}`) });
  });
});
