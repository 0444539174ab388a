import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonEnvironment } from '../../src/tools/python.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { type PartContext, type PartResult, testResult } from './part.ts';
import { settled } from './settled.ts';

/** Python tests and the packages they need, pytest among them; both paths relative to the clone. */
export interface PythonSuite {
  readonly tests: string;
  readonly requirements: string;
  /** Further options of pytest, e.g. which tests, or how many at a time. */
  readonly options?: readonly string[];
}

/**
 * Runs the Python tests of one folder in a separate environment.
 * @throws {CommandError} when the environment cannot be made or pytest ends without a report.
 */
export async function runPytest(suite: PythonSuite, context: PartContext): Promise<PartResult> {
  const requirements = join(repositoryRoot, suite.requirements);
  const python = await pythonEnvironment(requirements, context.note, context.signal);
  const dir = await mkdtemp(join(tmpdir(), 'pytest-report-'));
  const file = join(dir, 'report.xml');
  // Nothing is written beside the sources: neither byte code nor a cache.
  const args = [
    '-B',
    '-m',
    'pytest',
    '-q',
    '-p',
    'no:cacheprovider',
    `--junitxml=${file}`,
    ...(suite.options ?? []),
    suite.tests,
  ];
  try {
    const ended = await settled(python, args, {
      cwd: repositoryRoot,
      timeoutMs: 15 * 60_000,
      signal: context.signal,
    });
    const xml = await readFile(file, 'utf8').catch(() => undefined);
    if (xml === undefined) throw ended.error ?? new Error(`pytest wrote no report\n${ended.output}`);
    return testResult(readJunit(xml), ended);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * The counts in a JUnit report; errors (a fixture, an import) count as failures.
 * @throws {Error} when there is no `<testsuite>` with the four counts.
 */
export function readJunit(xml: string): { passed: number; failed: number; skipped: number } {
  const suites = [...xml.matchAll(/<testsuite\s[^>]*>/g)].map(([tag]) => {
    const count = (name: string) => {
      const value = new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1];
      if (value === undefined) throw new Error(`JUnit report: no ${name} in ${tag}`);
      return Number(value);
    };
    const failed = count('failures') + count('errors');
    return { passed: count('tests') - failed - count('skipped'), failed, skipped: count('skipped') };
  });
  if (suites.length === 0) throw new Error('JUnit report: no <testsuite>');
  const sum = (key: 'passed' | 'failed' | 'skipped') => suites.reduce((total, one) => total + one[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
