import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { faults, shortened } from '../checks/alerts/faults.ts';
import { alertsPage, type Proof, proofFile } from '../checks/alerts/page.ts';
import { proveAlerts, type Row } from '../checks/alerts/proof.ts';
import { proveSilence, type Silence } from '../checks/alerts/silence.ts';
import { setGpus } from '../checks/cluster/gpus.ts';
import { optionsOf } from '../cli/options.ts';
import { upInLab } from '../cli/up-lab.ts';
import { instance } from '../lab/cluster/instance.ts';
import { nodeUp } from '../lab/cluster/node.ts';
import { allLabImages } from '../lab/images/catalog.ts';
import { deployDcgm } from '../lab/services/dcgm.ts';
import { Steps } from '../src/report/steps.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import versions from '../versions.json' with { type: 'json' };

const overlay = join(repositoryRoot, 'lab/overlays/alerts.yaml');

/**
 * `npm run prove-alerts [-- --name LAB] [--only ALERT]…`: injects every fault on a lab and writes checks/alerts/measured.json and
 * docs/alerts.md, round after round, so that a run that was broken off can go on with `--only`; `--only nothing` runs
 * ten minutes without a fault. About an hour. The lab stays; `npm run down -- --name LAB` removes it.
 */
async function main(): Promise<void> {
  const { name, only } = optionsOf<{ name: string; only: readonly string[] }>(
    new Command('npm run prove-alerts --')
      .description('Makes every fault on a lab, and records which alerts fired and how soon. About an hour.')
      .option('--name <lab>', 'the lab; it stays', 'audio-processor-alerts')
      .option(
        '--only <alert...>',
        'only the faults of these alerts; `nothing`: ten minutes without a fault',
        [],
      ),
  );
  const steps = new Steps();
  const lab = instance(name);
  const images = await allLabImages((note) => process.stderr.write(`${note}\n`));
  await nodeUp(lab, { steps, images: Object.values(images) });
  // Before the install: the chart makes a Role in the namespace of the GPU exporter.
  await deployDcgm({ kubeconfig: lab.kubeconfig, namespace: 'gpu-operator', image: images.masterml.name });
  await setGpus(lab, 2);
  await install(name, steps);
  const chosen = new Set(only);
  const cluster = { kubeconfig: lab.kubeconfig };
  const failed = [
    ...(await proveAlerts(cluster, steps, ({ alert }) => chosen.size === 0 || chosen.has(alert), keep)),
  ];
  if (chosen.size === 0 || chosen.has('nothing')) {
    const silence = await steps.step('ten minutes without a fault', () => proveSilence(cluster));
    await keep([], silence);
    if (silence.heartbeats === 0) failed.push('no heartbeat was sent: the webhook receives nothing');
    if (silence.sent.length > 0) failed.push(`sent without a fault: ${silence.sent.join(', ')}`);
  }
  if (failed.length === 0) return;
  process.stderr.write(`${failed.join('\n\n')}\n`);
  process.exitCode = 1;
}

/** Installs the release with something of everything that can break, and with the shortened values of the alerts. */
async function install(name: string, steps: Steps): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'prove-alerts-'));
  const shorter = join(folder, 'shortened.yaml');
  await writeFile(shorter, JSON.stringify({ monitoring: { alerts: shortened } }));
  const release = { name, namespace: 'ml-service', release: 'audio-processor', timeout: 600, submit: [] };
  try {
    await upInLab({ ...release, values: [overlay, shorter] }, steps, AbortSignal.timeout(2 * 60 * 60_000));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts new rows in the place of those of the same faults, and writes both files. */
async function keep(rows: readonly Row[], silence?: Silence): Promise<void> {
  const before = await readFile(proofFile, 'utf8').then(
    (text) => JSON.parse(text) as Proof,
    () => undefined,
  );
  const kept = (before?.rows ?? []).filter((row) => !rows.some((one) => isOf(one, row)));
  const found = [...kept, ...rows];
  const quiet = silence ?? before?.silence;
  const { kubernetes, tools } = versions;
  const proof: Proof = {
    versions: {
      Kubernetes: kubernetes.node,
      Prometheus: `${tools.prometheus}`,
      Alertmanager: `${tools.alertmanager}`,
    },
    shortened: Object.fromEntries(
      Object.entries(shortened).flatMap(([name, values]) =>
        Object.entries(values).map(([key, value]) => [`${name}.${key}`, value] as const),
      ),
    ),
    rows: faults.flatMap((fault) => found.filter((row) => isOf(row, fault))),
    ...(quiet && { silence: quiet }),
  };
  await writeFile(proofFile, `${JSON.stringify(proof, null, 2)}\n`);
  await writeFile(join(repositoryRoot, 'docs/alerts.md'), alertsPage(proof, faults));
}

function isOf(one: Pick<Row, 'alert' | 'what'>, other: Pick<Row, 'alert' | 'what'>): boolean {
  return one.alert === other.alert && one.what === other.what;
}

await main();
