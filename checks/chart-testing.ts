import { delimiter, dirname, join } from 'node:path';
import { run } from '../src/process/run.ts';
import { programs } from '../src/tools/programs.ts';
import { pythonEnvironment } from '../src/tools/python.ts';
import { repositoryRoot } from '../src/tools/versions.ts';
import versions from '../versions.json' with { type: 'json' };

/** A command line that is ready to run in the clone. */
export interface ChartTestingCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const requirements = join(repositoryRoot, 'tools/ct/requirements.txt');

/** Arguments of `ct` by default: everything that needs no cluster. */
export const lintArguments: readonly string[] = ['lint', '--config', 'ct.yaml'];

/**
 * chart-testing by the binary that this project builds, with the pinned Helm, yamllint and yamale before it on the PATH.
 * @throws {ProblemError} without Go or Python; {CommandError} when something cannot be built or installed.
 */
export async function builtChartTesting(
  args: readonly string[] = lintArguments,
  note?: (line: string) => void,
  signal?: AbortSignal,
): Promise<ChartTestingCommand> {
  const { ct, helm, kubectl } = await programs(['ct', 'helm', 'kubectl'], note, signal);
  const python = await pythonEnvironment(requirements, note, signal);
  const folders = [dirname(python), dirname(helm), dirname(kubectl), process.env.PATH ?? ''];
  return { file: ct, args, env: { PATH: folders.join(delimiter) } };
}

/** chart-testing by its own container image, which brings all that it needs; for a machine with Docker. */
export function containedChartTesting(args: readonly string[] = lintArguments): ChartTestingCommand {
  const volume = ['--volume', `${repositoryRoot}:/clone`, '--workdir', '/clone'];
  const image = versions.images.chartTesting;
  return { file: 'docker', args: ['run', '--rm', ...volume, image, 'ct', ...args], env: {} };
}

/**
 * Runs chart-testing to its end.
 * @param onLine receives its lines as they come
 * @throws {CommandError} when it finds a fault or cannot start.
 */
export async function runChartTesting(
  { file, args, env }: ChartTestingCommand,
  options: { readonly onLine?: (line: string) => void; readonly signal?: AbortSignal } = {},
): Promise<string> {
  const { stdout, stderr } = await run(file, args, {
    cwd: repositoryRoot,
    env,
    timeoutMs: 10 * 60_000,
    ...options,
  });
  return `${stdout}\n${stderr}`;
}
