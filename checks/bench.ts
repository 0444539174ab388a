import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chartDirectory, helm, valuesArguments } from '../src/chart/helm.ts';
import { type Program, program } from '../src/tools/programs.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import versions from '../versions.json' with { type: 'json' };

/** What one row of the table says. */
export interface BenchRow {
  readonly helm: string;
  /** `empty chart`, `defaults`, `prod` or `all-features`. */
  readonly rendered: string;
  /** Milliseconds of `helm template`, from start to exit: the middle one of all runs. */
  readonly medianMs: number;
  readonly fastestMs: number;
  /** Median over that of the empty chart with the same Helm. */
  readonly ratio: number;
}

interface Subject {
  readonly rendered: string;
  readonly chart: string;
  readonly valuesFiles: readonly string[];
}

/**
 * Times `helm template`. All subjects take turns, so that a machine that is busy for a while is busy for all of them:
 * the ratios hold where the seconds do not.
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
          times.set(key, [...(times.get(key) ?? []), await timeOf(executable, subject)]);
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
    line('helm', 'rendered', 'median', 'fastest', 'ratio'),
    ...rows.map(({ helm: name, rendered, medianMs, fastestMs, ratio }) =>
      line(name, rendered, `${medianMs} ms`, `${fastestMs} ms`, ratio.toFixed(1)),
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

async function timeOf(executable: string, { chart, valuesFiles }: Subject): Promise<number> {
  const version = versions.kubernetes.node;
  const args = ['template', 'bench', chart, '--kube-version', version, ...valuesArguments({ valuesFiles })];
  // As on a user's machine, whatever this repository does to its own renders.
  return (await helm(args, { helm: executable, env: { GOGC: '100' } }, 60_000)).durationMs;
}

function row(name: string, { rendered }: Subject, times: readonly number[], empty: number): BenchRow {
  const medianMs = median(times);
  const ratio = Math.round((medianMs / Math.max(empty, 1)) * 100) / 100;
  return { helm: name, rendered, medianMs, fastestMs: Math.min(...times), ratio };
}

/** The middle one, or the lower of the two in the middle. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
