import { describe, expect, it } from 'vitest';
import { beginning, minutes, ongoing, pace } from '../../../src/tools/estimate.ts';

const kubernetes = 350;
const coredns = 170;

describe('the pace of builds', () => {
  it('is 1 until something is known', () => {
    expect(pace([])).toBe(1);
    expect(pace([], { expected: kubernetes, measured: 300 })).toBe(1);
  });

  it('is that of what has finished, and includes a running build from its estimate on', () => {
    const finished = [{ expected: 100, measured: 300 }];
    expect(pace(finished)).toBe(3);
    expect(pace(finished, { expected: 100, measured: 50 })).toBe(3);
    expect(pace(finished, { expected: 100, measured: 700 })).toBe(5);
  });
});

describe('a build that begins', () => {
  it('alone names what it is expected to take', () => {
    expect(beginning(3, { finished: [], pending: [] })).toBe('expected 3 s on two idle cores');
  });

  it('before others names what is left, at the measured pace once there is one', () => {
    expect(beginning(coredns, { finished: [], pending: [kubernetes] })).toBe(
      'expected 3 min on two idle cores; about 9 min left',
    );
    const slow = [{ expected: 60, measured: 240 }];
    expect(beginning(coredns, { finished: slow, pending: [kubernetes] })).toBe(
      'expected 3 min on two idle cores; about 35 min left at the pace so far',
    );
  });
});

describe('a build that continues', () => {
  it('past its estimate never counts up to it', () => {
    const line = ongoing({ expected: kubernetes, measured: 540 }, { finished: [], pending: [] });
    expect(line).toBe('9 min; expected 6 min on two idle cores');
  });

  it('past its estimate corrects what the others will take', () => {
    const before = ongoing({ expected: 100, measured: 90 }, { finished: [], pending: [120, 180] });
    expect(before).toBe('2 min; expected 2 min on two idle cores; about 5 min for the 2 after it');
    const past = ongoing({ expected: 100, measured: 400 }, { finished: [], pending: [120, 180] });
    expect(past).toBe('7 min; expected 2 min on two idle cores; about 20 min for the 2 after it');
  });
});

it.each([
  [3, '3 s'],
  [89, '89 s'],
  [350, '6 min'],
])('%d seconds are printed as %s', (seconds, text) => {
  expect(minutes(seconds)).toBe(text);
});
