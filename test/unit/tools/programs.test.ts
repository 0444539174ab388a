import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { missingPrograms, program } from '../../../src/tools/programs.ts';
import { isAtLeast } from '../../../src/tools/versions.ts';
import versions from '../../../versions.json' with { type: 'json' };
import { fakePrograms } from './fake-programs.ts';

describe('on a platform that the npm package does not serve', () => {
  const { platform } = process;
  beforeEach(() => void Object.defineProperty(process, 'platform', { value: 'darwin' }));
  afterEach(() => void Object.defineProperty(process, 'platform', { value: platform }));

  it('helm and kubectl come from the PATH', async () => {
    const folder = await fakePrograms({ helm: `echo v${versions.helm.floor}`, kubectl: '' }, 'only');
    expect(await program('helm')).toBe(join(folder, 'bin/helm'));
    expect(await program('kubectl')).toBe(join(folder, 'bin/kubectl'));
    expect(await missingPrograms(['helm', 'kubectl'])).toEqual([]);
  });

  it('an older Helm is refused with both versions', async () => {
    const folder = await fakePrograms({ helm: 'echo v3.17.2' }, 'only');
    await expect(program('helm')).rejects.toMatchObject({
      problems: [
        {
          message: 'Helm is too old',
          found: `v3.17.2 at ${folder}/bin/helm`,
          allowed: `${versions.helm.floor} or newer`,
        },
      ],
    });
  });

  it('a missing one is refused with the reason and the remedy', async () => {
    await fakePrograms({}, 'only');
    await expect(program('kubectl')).rejects.toMatchObject({
      problems: [
        {
          message: `kubectl is needed on the PATH: the pinned one exists for linux-x64 only, and this is darwin-${process.arch}`,
          remedy: 'install kubectl and run the command again',
        },
      ],
    });
    vi.unstubAllEnvs();
  });
});

it.each([
  ['v4.2.3+g43e8b7f', '3.18.5', true],
  ['3.18.5', '3.18.5', true],
  ['3.18', '3.18.0', true],
  ['3.9.1', '3.18.5', false],
  ['3.18.4', '3.18.5', false],
])('version %s is %s or newer: %s', (version, floor, expected) => {
  expect(isAtLeast(version, floor)).toBe(expected);
});
