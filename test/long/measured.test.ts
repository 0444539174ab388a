import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { defaultRules, fingerprint } from '../../checks/alerts/fingerprint.ts';
import { type Proof, proofFile } from '../../checks/alerts/page.ts';

test('every row of docs/alerts.md was measured with the rules that are rendered; else: npm run prove-alerts -- --only ALERT', async () => {
  const { rows } = JSON.parse(await readFile(proofFile, 'utf8')) as Proof;
  const rules = await defaultRules();
  const now = rows.map(({ alert }) => ({ alert, rules: fingerprint(alert, rules) }));
  expect(rows.map((row) => ({ alert: row.alert, rules: row.rules }))).toEqual(now);
});
