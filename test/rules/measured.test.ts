import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { fingerprint } from '../alerts/fingerprint.ts';
import type { Proof } from '../alerts/page.ts';

test('every row of docs/alerts.md was measured with the rules that are rendered; else: npm run prove-alerts -- --only ALERT', async () => {
  const { rows } = JSON.parse(await readFile(join(repositoryRoot, 'docs/alerts.json'), 'utf8')) as Proof;
  const now = await Promise.all(rows.map(async ({ alert }) => ({ alert, rules: await fingerprint(alert) })));
  expect(rows.map(({ alert, rules }) => ({ alert, rules }))).toEqual(now);
});
