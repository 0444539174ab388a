import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { freePort } from '../../checks/control-plane/ports.ts';
import { renderChart } from '../../src/chart/helm.ts';
import { start } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import { type Relabel, relabelled } from '../render/relabel.ts';

type Labels = Readonly<Record<string, string>>;
interface Job {
  readonly job_name: string;
  readonly relabel_configs: readonly Relabel[];
}
interface Targets {
  readonly activeTargets: readonly { readonly labels: Labels; readonly discoveredLabels: Labels }[];
  readonly droppedTargets: readonly { readonly discoveredLabels: Labels }[];
}

/** Values that discovered labels have in these tests; each of them is kept or dropped by some job. */
const samples = [
  'audio-processor',
  'api',
  'worker',
  'broker',
  'cpu',
  'metrics',
  'http',
  'Running',
  'Pending',
  '',
];

/** Discovered labels that differ in every label which the job's rules read, and one that all rules accept. */
function discoveredBy({ relabel_configs: rules }: Job): readonly Labels[] {
  const names = [...new Set(rules.flatMap(({ source_labels: read = [] }) => read))];
  const kept = names.map((name) => [name, accepted(name, rules)] as const);
  const shifted = samples.map((_, shift) =>
    names.map((name, index) => [name, samples[(shift + index) % samples.length] ?? ''] as const),
  );
  return [kept, ...shifted].map((labels) => Object.fromEntries(labels));
}

/** A value that the `keep` rule of a label accepts: its part of the rule's regular expression, which is plain text. */
function accepted(name: string, rules: readonly Relabel[]): string {
  const keep = rules.find(({ action, source_labels: read }) => action === 'keep' && read?.includes(name));
  const part = keep?.regex?.split(';')[keep.source_labels?.indexOf(name) ?? 0] ?? 'any';
  return /^[\w-]+$/.test(part) ? part : 'any';
}

/** What Prometheus makes of the discovered labels of each job, by their address; undefined where it drops the target. */
async function targetsOf(jobs: readonly (Job & { readonly discovered: readonly Labels[] })[]) {
  const folder = await mkdtemp(join(tmpdir(), 'relabel-'));
  const port = await freePort();
  const scrape_configs = jobs.map(({ job_name, relabel_configs, discovered }) => ({
    job_name,
    scrape_interval: '1h',
    relabel_configs,
    static_configs: discovered.map((labels, index) => ({ targets: [`${job_name}-${index}:1`], labels })),
  }));
  await writeFile(join(folder, 'prometheus.yml'), stringify({ scrape_configs }));
  const args = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const server = start(await program('prometheus'), args, { logFile: join(folder, 'log'), detached: false });
  const expected = jobs.flatMap(({ discovered }) => discovered).length;
  try {
    return await waitFor(
      `Prometheus to discover ${expected} targets`,
      async () => {
        const response = await fetch(`http://127.0.0.1:${port}/api/v1/targets?state=any`);
        const { data } = (await response.json()) as { readonly data: Targets };
        const found = [
          ...data.activeTargets.map(({ labels, discoveredLabels }) => [discoveredLabels, labels] as const),
          ...data.droppedTargets.map(({ discoveredLabels }) => [discoveredLabels, undefined] as const),
        ];
        return found.length === expected ? { value: found } : { observed: `${found.length} targets` };
      },
      { deadlineMs: 30_000 },
    );
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const visible = (labels: Labels | undefined) =>
  labels && Object.fromEntries(Object.entries(labels).filter(([name]) => !/^(__.*|instance)$/.test(name)));

let jobs: readonly Job[];
beforeAll(async () => {
  const objects = await renderChart({ values: { prometheus: { enabled: true }, flower: { enabled: true } } });
  const maps = objects as readonly { readonly metadata: { name: string }; readonly data?: Labels }[];
  const map = maps.find(({ metadata }) => metadata.name === 'prometheus-scrape');
  jobs = (parse(map?.data?.['audio-processor.yaml'] ?? '') as { scrape_configs: Job[] }).scrape_configs;
});

test('the relabelling of the render tests is that of Prometheus, for the rules of every job', async () => {
  const found = await targetsOf(jobs.map((job) => ({ ...job, discovered: discoveredBy(job) })));
  const kept = found.filter(([, labels]) => labels !== undefined).length;
  expect(kept).toBeGreaterThanOrEqual(jobs.length);
  expect(found.length - kept).toBeGreaterThan(jobs.length);
  for (const [discovered, labels] of found) {
    const { relabel_configs: rules } = jobs.find(({ job_name }) => job_name === discovered.job) ?? {};
    expect(visible(relabelled(discovered, rules)), JSON.stringify(discovered)).toEqual(visible(labels));
  }
});
