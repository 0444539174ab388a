import { describe, expect, it } from 'vitest';
import { alertNames } from '../../../src/schema/alerts.ts';
import { inhibitions } from '../../../src/schema/inhibitions.ts';

type Labels = Readonly<Record<string, string>>;

const alert = (alertname: string, severity: string, labels: Labels = {}): Labels => ({
  ...{ namespace: 'ml-service', release: 'audio-processor', alertname, severity },
  ...labels,
});
const unavailable = (labels: Labels) => alert('ServiceUnavailable', 'critical', labels);
const cpu = { component: 'worker', pool: 'cpu' };
const gpu = { component: 'worker', pool: 'gpu' };

function matches(matchers: readonly string[], labels: Labels): boolean {
  return matchers.every((matcher) => {
    const [, label = '', operator, value = ''] = /^(\w+)(=~?)"(.*)"$/.exec(matcher) ?? [];
    const found = labels[label] ?? '';
    return operator === '=~' ? new RegExp(`^(${value})$`).test(found) : found === value;
  });
}

/** What Alertmanager does: an alert that matches both sides is not silenced by one that does so too. */
function silences(firing: Labels, other: Labels): boolean {
  return Object.values(inhibitions).some(({ source, target, equal }) => {
    if (!matches(source, firing) || !matches(target, other)) return false;
    if (matches(target, firing) && matches(source, other)) return false;
    return equal.every((label) => (firing[label] ?? '') === (other[label] ?? ''));
  });
}

describe('one fault sends one message', () => {
  it('without a broker nothing is news that follows from it, and all else is', () => {
    const broker = unavailable({ component: 'broker' });
    expect(silences(broker, unavailable(cpu))).toBe(true);
    expect(silences(broker, alert('ApiErrorRateHigh', 'critical', { component: 'api' }))).toBe(true);
    expect(silences(broker, alert('PoolStalled', 'warning', cpu))).toBe(true);
    expect(silences(broker, unavailable({ component: 'api' }))).toBe(false);
    expect(silences(broker, alert('GpuMemoryHigh', 'critical', { component: 'gpu' }))).toBe(false);
    expect(silences(broker, broker)).toBe(false);
    expect(silences(unavailable({ component: 'api' }), broker)).toBe(false);
    expect(silences(broker, { ...alert('PoolStalled', 'warning', cpu), release: 'second' })).toBe(false);
  });

  it('without a pool nothing else of that pool is news, and all of another', () => {
    expect(silences(unavailable(cpu), alert('TaskQueueBacklog', 'critical', cpu))).toBe(true);
    expect(silences(unavailable(cpu), alert('QueueWithoutConsumer', 'warning', cpu))).toBe(true);
    expect(silences(unavailable(cpu), alert('PoolStalled', 'warning', gpu))).toBe(false);
    expect(silences(unavailable(cpu), unavailable(gpu))).toBe(false);
  });

  it('the API has no pool, and is silenced like one', () => {
    const api = { component: 'api' };
    expect(silences(unavailable(api), alert('ApiErrorRateHigh', 'critical', api))).toBe(true);
    expect(silences(unavailable(api), alert('SlowProcessing', 'warning', cpu))).toBe(false);
  });

  it.each([
    ['TaskQueueBacklog', 'ScaleStuckAtMax'],
    ['TaskQueueBacklog', 'PoolStalled'],
    ['TaskQueueBacklog', 'SlowProcessing'],
    ['QueueWithoutConsumer', 'PoolStalled'],
    ['QueueWithoutConsumer', 'ScaleStuckAtMax'],
    ['PoolStalled', 'ScaleStuckAtMax'],
  ])('%s of a pool inhibits its %s, and not the other way round', (source, target) => {
    expect(silences(alert(source, 'critical', cpu), alert(target, 'warning', cpu))).toBe(true);
    expect(silences(alert(source, 'critical', cpu), alert(target, 'warning', gpu))).toBe(false);
    expect(silences(alert(target, 'warning', cpu), alert(source, 'critical', cpu))).toBe(false);
  });

  it('a queue that nobody reads and that grows is one fault, another one is its own', () => {
    const queue = (name: string, alertname: string) => alert(alertname, 'warning', { queue: name });
    const backlog = queue('a', 'TaskQueueBacklog');
    expect(silences(backlog, queue('a', 'QueueWithoutConsumer'))).toBe(true);
    expect(silences(backlog, queue('b', 'QueueWithoutConsumer'))).toBe(false);
  });

  it.each(['TaskRedelivered', 'ExtractorSuccessRateLow', 'MemoryHigh', 'CpuHigh'])(
    'a backlog hides no %s, which may be another fault or its cause',
    (name) => {
      expect(silences(alert('TaskQueueBacklog', 'critical', cpu), alert(name, 'warning', cpu))).toBe(false);
    },
  );

  it('nothing silences the watchdog, and it silences nothing', () => {
    const watchdog = alert('Watchdog', 'none', { component: 'monitoring' });
    for (const name of alertNames) {
      const other = alert(name, 'critical', { component: 'broker' });
      expect(silences(other, watchdog)).toBe(false);
      if (name !== 'Watchdog') expect(silences(watchdog, other)).toBe(false);
    }
  });
});
