import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { type PartContext, type PartResult, testResult } from './part.ts';
import { type Ended, settled } from './settled.ts';

/** The counts of vitest's JSON reporter. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** False also when a file could not be loaded or a teardown failed, without any failed test. */
  readonly success: boolean;
}

/**
 * Runs one vitest project.
 * @param options.onLine receives vitest's lines as they come, for tests of many minutes
 * @throws {CommandError} when vitest ends without a report.
 */
export async function runVitest(
  project: string,
  options: Pick<PartContext, 'signal'> & {
    readonly timeoutMs: number;
    readonly onLine?: (line: string) => void;
    /** vitest's own arguments that choose files. */
    readonly filter?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<PartResult> {
  const dir = await mkdtemp(join(tmpdir(), 'vitest-report-'));
  const file = join(dir, 'report.json');
  const args = [
    join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...['--project', project],
    ...(options.filter ?? []),
    ...['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${file}`],
  ];
  try {
    const { onLine, signal, timeoutMs } = options;
    const following = onLine === undefined ? {} : { onLine };
    // CI makes vitest colour its lines; what is no terminal gets plain ones.
    const env = { ...options.env, ...(process.stderr.isTTY ? {} : { NO_COLOR: '1' }) };
    const ended = await settled(process.execPath, args, {
      cwd: repositoryRoot,
      env,
      timeoutMs,
      signal,
      ...following,
    });
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) throw ended.error ?? new Error(`vitest wrote no report\n${ended.output}`);
    return readReport(JSON.parse(text) as VitestReport, ended);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function readReport(report: VitestReport, ended: Ended): PartResult {
  const result = testResult(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    ended,
  );
  const clean = report.success && ended.error === undefined;
  if (clean || result.failed > 0) return result;
  return { ...result, failed: 1, output: `${result.output}\nno test failed, but vitest did` };
}
