import { describe, expect, it } from 'vitest';
import { namespaceName, releaseName } from '../../../cli/names.ts';
import type { Manifest } from '../../../src/chart/helm.ts';
import { cliHere, shell } from '../../support/cli.ts';
import { commandsFor } from '../../support/documented-commands.ts';

describe('a name on the command line', () => {
  it.each(['ml-service', '0', 'n'.repeat(63)])('%s is a namespace', (name) => {
    expect(namespaceName(name)).toBe(name);
  });

  it.each(['Bad_NS', '-a', 'a.b', '', 'n'.repeat(64)])('`%s` is none', (name) => {
    expect(() => namespaceName(name)).toThrow('Not a namespace');
  });

  it('of a release may have dots, and 53 characters', () => {
    expect(releaseName('a.b-c')).toBe('a.b-c');
    for (const name of ['r'.repeat(54), 'A', 'a..b', 'a_b']) {
      expect(() => releaseName(name)).toThrow('Not a release name');
    }
  });
});

describe('render', () => {
  it('prints what docs/cli.md documents: one JSON document and nothing else', async () => {
    for (const command of await commandsFor('docs/cli.md', 'test/unit/cli/render.test.ts')) {
      const { exitCode, stdout } = await shell(command);
      expect(exitCode).toBe(0);
      const manifests = JSON.parse(stdout) as readonly Manifest[];
      expect(manifests.map(({ kind }) => kind)).toContain('Deployment');
    }
  });

  it('prints YAML that kubectl takes', async () => {
    const { stdout } = await cliHere(['render', 'local']);
    expect(stdout).toMatch(/^---\n# Source: audio-processor\/(charts\/\w+\/)?templates\//);
  });

  it('refuses an environment that does not exist and names those that do', async () => {
    const { exitCode, stderr } = await cliHere(['render', 'production']);
    expect(stderr).toMatch(/no such environment.*found *: production.*allowed: dev, local, prod, staging/s);
    expect(exitCode).toBe(2);
  });

  it('refuses a namespace that no cluster would take', async () => {
    const { exitCode, stdout, stderr } = await cliHere(['render', 'prod', '-n', 'Bad_NS']);
    expect(stderr).toContain('Not a namespace');
    expect([exitCode, stdout]).toEqual([2, '']);
  });

  it('refuses a cluster older than the floor, with the floor', async () => {
    const { exitCode, stderr } = await cliHere(['render', 'prod', '--kube-version', '1.30.0']);
    expect(stderr).toContain('the chart needs Kubernetes >=1.31.0; this is v1.30.0');
    expect(exitCode).toBe(2);
  });
});
