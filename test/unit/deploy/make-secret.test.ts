import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeSecretOnce } from '../../../src/deploy/secrets.ts';
import { CommandError } from '../../../src/process/run.ts';
import { cacheRoot } from '../../../src/tools/cache.ts';
import { program } from '../../../src/tools/programs.ts';

let folder: string;
let fake: string;

/** A cache of programs whose kubectl is ours. */
beforeEach(async () => {
  const real = relative(dirname(cacheRoot()), await program('kubectl'));
  folder = await mkdtemp(join(tmpdir(), 'make-secret-'));
  fake = join(folder, real);
  vi.stubEnv('XDG_CACHE_HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A kubectl that notes its arguments, finds no Secret, and answers the attempt to create one as configured. */
async function kubectlAnswers(create: string): Promise<void> {
  const script = `#!/bin/sh\necho "$@" >>'${folder}/calls'\nif [ "$1" = create ]; then cat >/dev/null; ${create}; fi\n`;
  await mkdir(dirname(fake), { recursive: true });
  await writeFile(fake, script);
  await chmod(fake, 0o755);
}

const make = () =>
  makeSecretOnce({}, 'ml-service', 'local', () => ({ REDIS_PASSWORD: 'never-in-arguments' }));

describe('a Secret that is made once', () => {
  it('is created and never applied over, and its values are no arguments', async () => {
    await kubectlAnswers('exit 0');
    expect(await make()).toBe('made');
    const calls = await readFile(join(folder, 'calls'), 'utf8');
    expect(calls.trimEnd().split('\n').at(-1)).toBe('create --filename -');
    expect(calls).not.toMatch(/apply|never-in-arguments/);
  });

  it('stays as it is when another command made it a moment earlier', async () => {
    await kubectlAnswers(
      `echo 'Error from server (AlreadyExists): secrets "local" already exists' >&2; exit 1`,
    );
    expect(await make()).toBe('present');
  });

  it('fails when the cluster refuses it', async () => {
    await kubectlAnswers(`echo 'Error from server (Forbidden): no' >&2; exit 1`);
    await expect(make()).rejects.toBeInstanceOf(CommandError);
  });
});
