import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartDirectory, valuesArguments } from '../src/chart/helm.ts';
import { run } from '../src/process/run.ts';
import { type Program, program } from '../src/tools/programs.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import versions from '../versions.json' with { type: 'json' };

/** One row of the table. */
export interface BenchRow {
  readonly helm: string;
  /** `empty chart`, `defaults`, `prod` or `all-features`. */
  readonly rendered: string;
  /** Milliseconds of CPU, user and system, of one `helm template`: the median of all runs. */
  readonly medianCpuMs: number;
  readonly minimumCpuMs: number;
  /** Median over that of the empty chart with the same Helm. */
  readonly ratio: number;
}

interface Subject {
  readonly rendered: string;
  readonly chart: string;
  readonly valuesFiles: readonly string[];
}

/**
 * Measures the CPU time of `helm template`, which a busy machine stretches far less than the time on the clock. The subjects
 * take turns, so that a slow minute slows all of them: the ratios are comparable where the milliseconds are not.
 * @param runs of each subject under each Helm, at least 1
 */
export async function bench(
  helms: readonly Program[],
  runs: number,
  note: (line: string) => void = () => {},
): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const subjects = [await emptyChart(folder), ...ours()];
    const executables = await Promise.all(helms.map((name) => program(name, note)));
    const times = new Map<string, number[]>();
    for (let round = 1; round <= runs; round += 1) {
      note(`round ${round} of ${runs}`);
      for (const executable of executables) {
        for (const subject of subjects) {
          const key = `${executable} ${subject.rendered}`;
          times.set(key, [...(times.get(key) ?? []), await cpuOf(executable, subject)]);
        }
      }
    }
    return helms.flatMap((name, index) => {
      const of = ({ rendered }: Subject) => times.get(`${executables[index]} ${rendered}`) ?? [];
      const empty = median(of(subjects[0] as Subject));
      return subjects.map((subject) => row(name, subject, of(subject), empty));
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The rows as a person reads them. */
export function benchTable(rows: readonly BenchRow[]): string {
  const line = (...cells: readonly string[]) =>
    cells.map((cell, index) => (index < 2 ? cell.padEnd(14) : cell.padStart(9))).join('');
  return [
    line('helm', 'rendered', 'CPU', 'minimum', 'ratio'),
    ...rows.map(({ helm: name, rendered, medianCpuMs, minimumCpuMs, ratio }) =>
      line(name, rendered, `${medianCpuMs} ms`, `${minimumCpuMs} ms`, ratio.toFixed(2)),
    ),
  ].join('\n');
}

function ours(): readonly Subject[] {
  const file = (path: string) => join(repositoryRoot, path);
  const chart = chartDirectory;
  return [
    { rendered: 'defaults', chart, valuesFiles: [] },
    { rendered: 'prod', chart, valuesFiles: [file('environments/prod.yaml')] },
    { rendered: 'all-features', chart, valuesFiles: [file('test/overlays/all-features.yaml')] },
  ];
}

/** What Helm itself costs. */
async function emptyChart(folder: string): Promise<Subject> {
  const chart = join(folder, 'empty');
  await mkdir(join(chart, 'templates'), { recursive: true });
  await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: empty\nversion: 0.0.0\n');
  await writeFile(
    join(chart, 'templates/configmap.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: empty}\n',
  );
  return { rendered: 'empty chart', chart, valuesFiles: [] };
}

/** Milliseconds of CPU of one `helm template`, as bash measures them: Node gives the usage of no single child. */
async function cpuOf(executable: string, { chart, valuesFiles }: Subject): Promise<number> {
  const version = versions.kubernetes.node;
  const args = ['template', 'bench', chart, '--kube-version', version, ...valuesArguments({ valuesFiles })];
  const { stderr } = await run('bash', ['-c', 'time "$@" > /dev/null', 'bash', executable, ...args], {
    env: { TIMEFORMAT: 'cpu %3U %3S' },
    timeoutMs: 60_000,
  });
  // The locale may print a comma for the point.
  const [, user, system] = /^cpu ([0-9.,]+) ([0-9.,]+)$/m.exec(stderr) ?? [];
  if (user === undefined || system === undefined) throw new Error(`bash printed no CPU time: ${stderr}`);
  const seconds = [user, system].map((text) => Number(text.replace(',', '.')));
  return Math.round(1000 * seconds.reduce((sum, part) => sum + part, 0));
}

function row(name: string, { rendered }: Subject, times: readonly number[], empty: number): BenchRow {
  const medianCpuMs = median(times);
  const ratio = Math.round((medianCpuMs / Math.max(empty, 1)) * 100) / 100;
  return { helm: name, rendered, medianCpuMs, minimumCpuMs: Math.min(...times), ratio };
}

/** The median; of an even count the lower of the two in the middle. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
