import { join } from 'node:path';
import { HelmError, lintChart } from '../src/chart/helm.ts';
import type { RunOptions } from '../src/process/run.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import { builtChartTesting, lintArguments } from './chart-testing.ts';
import { checkedEnvironments, checkedOverlays } from './environments.ts';
import { checkMatrix, helmMatrix } from './matrix.ts';
import { checkProse } from './prose.ts';
import { failed, type Part, type PartContext, type PartResult, passed } from './runner/part.ts';
import { settled } from './runner/settled.ts';

/** Checks that read files only: one result each, however many files they read. */
export const staticParts: readonly Part[] = [
  {
    name: 'types',
    title: 'types: tsc --noEmit',
    programs: [],
    run: (context) => nodeCommand('typescript/bin/tsc', ['--noEmit'], context),
  },
  {
    name: 'biome',
    title: 'format and lint: biome ci',
    programs: [],
    run: (context) =>
      nodeCommand('@biomejs/biome/bin/biome', ['ci', '--colors=off', '--error-on-warnings', '.'], context),
  },
  {
    name: 'knip',
    title: 'nothing unused: knip',
    programs: [],
    run: (context) => nodeCommand('knip/bin/knip.js', ['--no-progress'], context),
  },
  {
    name: 'prose',
    title: 'words and phrases of the glossary: cspell',
    programs: [],
    run: prose,
  },
  {
    name: 'generated',
    title: 'generated files fresh',
    programs: [],
    run: (context) => nodeCommand('tsx/dist/cli.mjs', ['scripts/generate.ts', '--check'], context),
  },
  {
    name: 'lint',
    title: 'helm lint --strict of the defaults, every environment and overlay',
    programs: ['helm'],
    run: helmLint,
  },
  {
    name: 'kubeconform',
    title: 'kubeconform: every render under every Kubernetes',
    programs: ['render', 'kubeconform'],
    run: () => matrix([{ name: 'helm' }]),
  },
];

/** Checks with programs that take minutes to build. */
export const builtParts: readonly Part[] = [
  {
    name: 'matrix',
    title: 'the same bytes under every Helm, and kubeconform for every Kubernetes',
    programs: [...helmMatrix, 'kubeconform'],
    run: () => matrix(),
  },
  {
    name: 'ct',
    title: 'chart-testing: ct lint of the chart and its ci/*-values.yaml',
    programs: ['ct', 'helm', 'kubectl'],
    run: chartTesting,
  },
];

/** Runs a Node program of `node_modules`; exit code 0 passes. */
async function nodeCommand(
  script: string,
  args: readonly string[],
  { signal }: PartContext,
): Promise<PartResult> {
  const file = join(repositoryRoot, 'node_modules', script);
  return exitResult(process.execPath, [file, ...args], { timeoutMs: 5 * 60_000, signal });
}

/** A program that ends by itself has answered: exit code 0 passes. */
async function exitResult(
  file: string,
  args: readonly string[],
  options: Omit<RunOptions, 'cwd'>,
): Promise<PartResult> {
  const { output, cpuSeconds, error } = await settled(file, args, { cwd: repositoryRoot, ...options });
  if (error !== undefined && error.exitCode === undefined) throw error;
  return { ...(error === undefined ? passed(output) : failed(output)), cpuSeconds };
}

async function prose({ signal }: PartContext): Promise<PartResult> {
  const { ok, output, cpuSeconds } = await checkProse(signal);
  return { ...(ok ? passed() : failed(output)), cpuSeconds };
}

async function everything() {
  return [...(await checkedEnvironments()), ...(await checkedOverlays())];
}

async function helmLint(): Promise<PartResult> {
  const faults: string[] = [];
  const all = await everything();
  for (const { name, valuesFiles } of all) {
    try {
      await lintChart({ valuesFiles });
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      faults.push(`${name}: ${error.message}`);
    }
  }
  return counted(all.length, faults);
}

async function chartTesting({ note, signal }: PartContext): Promise<PartResult> {
  const { file, args, env } = await builtChartTesting(lintArguments, note, signal);
  return exitResult(file, args, { env, timeoutMs: 10 * 60_000, signal });
}

async function matrix(helms?: Parameters<typeof checkMatrix>[1]): Promise<PartResult> {
  const { checked, faults } = await checkMatrix(await everything(), helms);
  return counted(checked, faults);
}

function counted(checks: number, faults: readonly string[]): PartResult {
  if (faults.length === 0) return passed(`${checks} checked`);
  return failed(faults.join('\n'));
}
