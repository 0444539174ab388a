import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { chartDirectory } from '../../src/chart/helm.ts';
import { run } from '../../src/process/run.ts';
import { program } from '../../src/tools/programs.ts';

const bundled = join(chartDirectory, 'charts/alertmanager/files/messages.tmpl');
const times = { startsAt: '2026-01-02T03:04:05Z', endsAt: '2026-01-02T04:05:06Z' };

const labels = { namespace: 'ml-service', release: 'audio-processor', severity: 'critical' };
const plain = {
  status: 'firing',
  labels: { ...labels, alertname: 'PoolStalled' },
  annotations: {},
  ...times,
};
const full = {
  ...plain,
  labels: { ...plain.labels, pool: 'cpu' },
  annotations: {
    summary: 'Pool <cpu> is stalled',
    description: 'No task starts & 7 wait.',
    runbook_url: 'https://docs.example.com/runbooks/PoolStalled.md',
    dashboard: 'audio-processor-queues',
  },
};
const resolved = { ...full, status: 'resolved' };

const data = (status: string, alerts: readonly object[]) => ({
  ...{ receiver: 'critical', status, alerts, groupLabels: {}, commonAnnotations: {}, externalURL: '' },
  commonLabels: { ...labels, alertname: 'PoolStalled' },
});
const samples = {
  'one that fires': data('firing', [full]),
  'two that fire': data('firing', [full, plain]),
  'one that ended beside one that fires': data('firing', [resolved, plain]),
  'one that ended': data('resolved', [resolved]),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'messages-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What Alertmanager makes of a field of a receiver; `glob` is where its own definitions are. */
async function filled(text: string, type: string, sample: object, glob: string): Promise<string> {
  const file = join(folder, 'data.json');
  await writeFile(file, JSON.stringify(sample));
  const args = [`--template.glob=${glob}`, `--template.text=${text}`, `--template.type=${type}`];
  const { stdout } = await run(
    await program('amtool'),
    ['template', 'render', `--template.data=${file}`, ...args],
    { timeoutMs: 20_000 },
  );
  return stdout.trimEnd();
}

describe.each(Object.entries(samples))('the message of %s', (_title, sample) => {
  test.each([
    ['title', 'text'],
    ['text', 'text'],
    ['html', 'html'],
  ])('has the same %s from the bundled Alertmanager and from an operator’s', async (part, type) => {
    const texts = parse(await readFile(join(chartDirectory, 'files/messages.yaml'), 'utf8'));
    const foreign = join(folder, 'none.tmpl');
    await writeFile(foreign, '{{ define "other" }}{{ end }}');
    const own = await filled(`{{ template "message.${part}" . }}`, type, sample, bundled);
    expect(own).toContain('PoolStalled');
    expect(await filled(texts[part], type, sample, foreign)).toBe(own);
  });
});

test('a message contains what happened, where, since when, and what to do', async () => {
  const texts = parse(await readFile(join(chartDirectory, 'files/messages.yaml'), 'utf8'));
  expect(await filled(texts.text, 'text', samples['one that ended'], bundled)).toBe(
    [
      'Pool <cpu> is stalled',
      'No task starts & 7 wait.',
      'Where: namespace=ml-service pool=cpu release=audio-processor',
      'Since: 2026-01-02 03:04:05 UTC, until 04:05:06',
      'What to do: https://docs.example.com/runbooks/PoolStalled.md',
      'Dashboard: audio-processor-queues',
    ].join('\n'),
  );
});
