import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkMatrix, withoutEmptyEnds } from '../../../checks/matrix.ts';
import { program } from '../../../src/tools/programs.ts';
import versions from '../../../versions.json' with { type: 'json' };
import { fakePrograms } from '../tools/fake-programs.ts';

const defaults = [{ name: 'defaults', valuesFiles: [] }];
const real = { name: 'real', executable: await program('helm') };

/** A Helm that changes what the real one renders. */
async function changed(name: string, filter: string) {
  const folder = await fakePrograms({
    [name]: `text=$('${real.executable}' "$@") || exit $?; printf '%s\n' "$text" | ${filter}`,
  });
  return { name, executable: join(folder, 'bin', name) };
}

it('only an empty line between two documents is made alike', () => {
  const four = '---\n# Source: a\nkey: |\n  text\n\n\n  more\n\n---\n# Source: b\nkey: 1\n';
  expect(withoutEmptyEnds(four)).toBe(
    '---\n# Source: a\nkey: |\n  text\n\n\n  more\n---\n# Source: b\nkey: 1',
  );
  for (const kept of ['a: |\n\n  ---\n', 'a\n\n---\nb', '  a\n# Source: b']) {
    expect(withoutEmptyEnds(`${kept}.`)).toBe(`${kept}.`);
  }
});

describe('the matrix', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'matrix-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('covers every Helm, the oldest Kubernetes, and every vendored one', async () => {
    const { checked, faults } = await checkMatrix(defaults, [real, await changed('same', 'cat')]);
    expect(faults).toEqual([]);
    expect(checked).toBe(2 + versions.kubernetes.schemas.length);
  });

  it('names the first line in which two Helms differ', async () => {
    const other = await changed('other', "sed 's/^kind: Service$/kind: Servus/'");
    const { faults } = await checkMatrix(defaults, [real, other]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(
      /^defaults, line \d+ differs:\n {2}real, Kubernetes \S+: kind: Service\n {2}other, .*: kind: Servus$/,
    );
  });

  it('names what every Kubernetes refuses, and values that Helm refuses', async () => {
    const bad = await changed('bad', "sed 's/^kind: ServiceAccount$/kind: ServiceAcount/'");
    const wrong = join(folder, 'wrong.yaml');
    await writeFile(wrong, 'no: such key\n');
    const { faults } = await checkMatrix([...defaults, { name: 'wrong', valuesFiles: [wrong] }], [bad]);
    const refused = versions.kubernetes.schemas.map(
      (version) => `defaults, Kubernetes ${version}: ServiceAcount`,
    );
    for (const start of [...refused, 'wrong (bad, Kubernetes']) {
      expect(faults.filter((fault) => fault.startsWith(start)).length).toBeGreaterThan(0);
    }
  });
});
