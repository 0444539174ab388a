import { describe, expect, it } from 'vitest';
import { failed, type Part, type PartOutcome, passed, testResult } from '../../../checks/runner/part.ts';
import { readJunit } from '../../../checks/runner/pytest.ts';
import {
  closingLine,
  describe as describeSummary,
  exitCode,
  summarise,
} from '../../../checks/runner/report.ts';
import { runParts } from '../../../checks/runner/run-parts.ts';
import { runVitest } from '../../../checks/runner/vitest.ts';
import { Steps } from '../../../src/report/steps.ts';

const whole = { seconds: 3, cpuSeconds: 5.25, chosen: ['good', 'bad', 'late'] };

const part = (name: string, run: Part['run'] = async () => passed()): Part => ({
  name,
  title: `title of ${name}`,
  programs: [],
  run,
});

async function runAll(parts: readonly Part[], signal = new AbortController().signal) {
  const lines: string[] = [];
  const outcomes = await runParts(parts, { lanes: 2, steps: new Steps((line) => lines.push(line)), signal });
  return { outcomes, lines };
}

describe('parts', () => {
  it('run two at a time, are begun and reported in the order given', async () => {
    const begun: string[] = [];
    let running = 0;
    let most = 0;
    const work = (name: string, turns: number) => async () => {
      begun.push(name);
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return passed();
    };
    const parts = [
      part('long', work('long', 9)),
      part('short', work('short', 1)),
      part('middle', work('middle', 3)),
    ];
    const { outcomes } = await runAll(parts);
    expect(begun).toEqual(['long', 'short', 'middle']);
    expect(most).toBe(2);
    expect(outcomes.map(({ name }) => name)).toEqual(['long', 'short', 'middle']);
  });

  it('go on after one failed, and print how each ended', async () => {
    const { outcomes, lines } = await runAll([part('bad', async () => failed('the reason')), part('good')]);
    expect(outcomes).toMatchObject([
      { name: 'bad', state: 'failed', passed: 0, failed: 1, output: 'the reason' },
      { name: 'good', state: 'passed', passed: 1, failed: 0 },
    ]);
    expect(lines.join('\n')).toMatch(/✗ title of bad[\s\S]*after \d+\.\d s/);
    expect(lines.join('\n')).toMatch(/✓ title of good/);
  });

  it('that throw could not run: one failure, with the reason', async () => {
    const { outcomes } = await runAll([part('bad', () => Promise.reject(new Error('no Go')))]);
    expect(outcomes).toMatchObject([
      { state: 'broken', passed: 0, failed: 1, output: expect.stringContaining('no Go') },
    ]);
  });

  it('are not begun after an interrupt', async () => {
    const { outcomes } = await runAll([part('never')], AbortSignal.abort());
    expect(outcomes).toEqual([]);
  });
});

describe('counts', () => {
  it('of a run without any test are a failure', () => {
    expect(testResult({ passed: 0, failed: 0, skipped: 0 }, { output: '' })).toMatchObject({
      passed: 0,
      failed: 1,
    });
  });

  it('take a skipped test for a failed one', () => {
    const found = testResult({ passed: 3, failed: 0, skipped: 2 }, { output: '' });
    expect(found).toMatchObject({
      passed: 3,
      failed: 2,
      output: expect.stringContaining('2 tests were skipped'),
    });
  });

  it('are read from a JUnit report, errors as failures', () => {
    const xml =
      '<?xml version="1.0"?><testsuites><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="10"><testcase/></testsuite></testsuites>';
    expect(readJunit(xml)).toEqual({ passed: 6, failed: 3, skipped: 1 });
  });

  it('are never guessed from a report without them', () => {
    expect(() => readJunit('<testsuites/>')).toThrow('no <testsuite>');
    expect(() => readJunit('<testsuite errors="0" failures="0" tests="1">')).toThrow('no skipped');
  });

  it('are not made up when vitest ends without a report', async () => {
    const signal = new AbortController().signal;
    await expect(runVitest('no-such-project', { signal, timeoutMs: 60_000 })).rejects.toThrow(
      /no-such-project/,
    );
  });
});

describe('the report', () => {
  const outcome = (name: string, rest: Partial<PartOutcome>): PartOutcome => ({
    ...{
      name,
      title: `title of ${name}`,
      seconds: 1.25,
      state: 'passed',
      passed: 1,
      failed: 0,
      output: `output of ${name}`,
    },
    ...rest,
  });
  const good = outcome('good', { passed: 40 });
  const bad = outcome('bad', { state: 'failed', passed: 2, failed: 3 });
  const broken = outcome('broken', { state: 'broken', passed: 0, failed: 1 });

  it('ends with the line that CI adds up', () => {
    expect(closingLine(summarise([good, bad], whole))).toBe('42 passed, 3 failed');
  });

  it('shows the output of what failed in full, of what passed not at all', () => {
    const text = describeSummary(summarise([good, bad], whole));
    expect(text).toContain('output of bad');
    expect(text).not.toContain('output of good');
  });

  it('lists every part with its counts and time', () => {
    const text = describeSummary(summarise([good, bad], whole));
    expect(text).toMatch(/good +40 +0 +1\.3 s +-/);
    expect(text).toMatch(/bad +2 +3 +1\.3 s +- +failed/);
    expect(text).toMatch(/all +42 +3 +3\.0 s +5\.3 s/);
    expect(text).toContain('not run for lack of time: late');
  });

  it.each([
    ['everything passed', [good], 0],
    ['a check found a fault', [good, bad], 1],
    ['something could not run', [good, bad, broken], 2],
    ['nothing was run at all', [], 1],
  ])('makes the exit code when %s', (_, parts, code) => {
    expect(exitCode(summarise(parts, whole))).toBe(code);
  });
});
