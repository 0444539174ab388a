import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { parseOverlay } from '../../src/values/read-overlay.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { notes, overlay, render } from './support.ts';

const text = (file: string) => readFile(join(repositoryRoot, file), 'utf8');
const examples = async (file: string) =>
  [...(await text(file)).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

describe('docs/pools.md', () => {
  test('shows overlays that render', async () => {
    const shown = await examples('docs/pools.md');
    expect(shown.length).toBeGreaterThan(2);
    for (const block of shown) {
      const { overlay: read, problems } = parseOverlay(block, 'docs/pools.md');
      expect(problems, block).toEqual([]);
      expect((await render({ values: read?.value ?? {} })).objects, block).not.toEqual([]);
    }
  });

  test.each(['docs/pools.md', 'README.md', 'README.ru.md'])(
    'and %s show the third pool of the tests',
    async (file) => {
      expect(await examples(file)).toContain(await text('test/overlays/third-pool.yaml'));
    },
  );

  test('names commands that end well', async () => {
    for (const command of await commandsFor('docs/pools.md', 'test/render/pools.docs.test.ts')) {
      const { exitCode, stderr } = await shell(command);
      expect(stderr).toContain('0 problems');
      expect(exitCode).toBe(0);
    }
  });
});

test('NOTES name the claim of the models and the Job that is waited for', async () => {
  const printed = await notes({ valuesFiles: [overlay('all-features')] });
  expect(printed).toContain('PersistentVolumeClaim model-cache');
  const { objects } = await render({ valuesFiles: [overlay('all-features')] });
  const job = objects.find(({ kind }) => kind === 'Job');
  const names = ['app.kubernetes.io/instance', 'app.kubernetes.io/component'];
  const selector = names.map((name) => `${name}=${job?.metadata.labels?.[name]}`).join(',');
  expect(printed).toContain(`--timeout 1h job --selector ${selector}`);
  expect(printed).toContain('Workers wait for this Job');
  expect(await notes({})).not.toMatch(/^Models$/m);
});
