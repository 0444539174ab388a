import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/report/problem.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import { cliHere, shell } from '../../support/cli.ts';
import { commandsFor } from '../../support/documented-commands.ts';

let folder: string;
// Inside the clone, so that npm finds its package.json from there, as from any folder of a user's.
beforeEach(async () => {
  folder = await mkdtemp(join(repositoryRoot, '.tmp-validate-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('validate', () => {
  it('accepts a copy of environments/prod.yaml by the command of the README', async () => {
    await copyFile(join(repositoryRoot, 'environments/prod.yaml'), join(folder, 'prod.yaml'));
    for (const command of await commandsFor('README.md', 'test/unit/cli/validate.test.ts')) {
      const { exitCode, stderr } = await shell(command, { cwd: folder });
      expect(stderr).toContain('0 problems');
      expect(exitCode).toBe(0);
    }
  });

  it('prints file, line, column, path and the nearest key, and ends with 1', async () => {
    const file = join(folder, 'overlay.yaml');
    await writeFile(file, 'workers:\n  pools:\n    cpu:\n      taskLimt: 30m\n');
    const { exitCode, stderr } = await cliHere(['validate', file]);
    expect(stderr).toContain(`${file}:4:7 workers.pools.cpu.taskLimt`);
    expect(stderr).toContain('taskLimit');
    expect(exitCode).toBe(1);
  });

  it('gives the same as JSON', async () => {
    const file = join(folder, 'overlay.yaml');
    await writeFile(file, 'app:\n  logLevel: LOUD\n');
    const { exitCode, stdout } = await cliHere(['validate', file, '--json']);
    const problems = JSON.parse(stdout) as readonly Problem[];
    expect(problems).toEqual([expect.objectContaining({ file, line: 2, path: 'app.logLevel' })]);
    expect(exitCode).toBe(1);
  });
});
