import { beforeAll, describe, expect, test } from 'vitest';
import { ruleKindValues } from '../../checks/alerts/rule-file.ts';
import { renderChart } from '../../src/chart/helm.ts';
import { alertNames, alerts } from '../../src/schema/alerts.ts';
import { withPodFiles } from './pod-files.ts';
import { inhibitedAlerts, type Labels } from './running-alertmanager.ts';

/** An alert with its own labels; namespace and release are added. */
type Alert = readonly [name: string, labels: Labels];

const broker: Alert = ['ServiceUnavailable', { component: 'broker' }];
const api: Alert = ['ServiceUnavailable', { component: 'api' }];
const cpu = { component: 'worker', pool: 'cpu' };
const gpu = { component: 'worker', pool: 'gpu' };
const pool: Alert = ['ServiceUnavailable', cpu];
const backlog: Alert = ['TaskQueueBacklog', { ...cpu, queue: 'audio_queue' }];

/** Pairs of alerts that fire together: the first inhibits the second. */
const inhibits: readonly (readonly [Alert, Alert])[] = [
  [broker, pool],
  [broker, ['ApiErrorRateHigh', { component: 'api' }]],
  [broker, ['PoolStalled', cpu]],
  [broker, ['QueueWithoutConsumer', { ...cpu, queue: 'audio_queue' }]],
  [pool, backlog],
  [pool, ['QueueWithoutConsumer', cpu]],
  [pool, ['TargetMissing', cpu]],
  [api, ['ApiErrorRateHigh', { component: 'api' }]],
  [backlog, ['QueueWithoutConsumer', { component: 'worker', queue: 'audio_queue' }]],
  [backlog, ['ScaleStuckAtMax', cpu]],
  [backlog, ['PoolStalled', cpu]],
  [backlog, ['SlowProcessing', cpu]],
  [
    ['QueueWithoutConsumer', cpu],
    ['PoolStalled', cpu],
  ],
  [
    ['QueueWithoutConsumer', cpu],
    ['ScaleStuckAtMax', cpu],
  ],
  [
    ['PoolStalled', cpu],
    ['ScaleStuckAtMax', cpu],
  ],
];

/** Pairs that fire together and are two faults, or of which the second is the cause. */
const leaves: readonly (readonly [Alert, Alert])[] = [
  [broker, api],
  [broker, ['GpuMemoryHigh', { component: 'gpu' }]],
  [api, broker],
  [pool, broker],
  [pool, ['ServiceUnavailable', gpu]],
  [pool, ['PoolStalled', gpu]],
  [api, ['SlowProcessing', cpu]],
  [backlog, ['QueueWithoutConsumer', { component: 'worker', queue: 'celery' }]],
  [backlog, ['ScaleStuckAtMax', gpu]],
  [
    ['ScaleStuckAtMax', cpu],
    ['PoolStalled', cpu],
  ],
  ...['TaskRedelivered', 'ExtractorSuccessRateLow', 'MemoryHigh', 'CpuHigh'].map(
    (name): readonly [Alert, Alert] => [backlog, [name, cpu]],
  ),
  ...alertNames
    .filter((name) => name !== 'Watchdog')
    .map((name): readonly [Alert, Alert] => [
      [name, broker[1]],
      ['Watchdog', broker[1]],
    ]),
];

const textOf = ([name, labels]: Alert) => `${name}{${Object.values(labels).join(',')}}`;

const titled = (pairs: typeof inhibits) =>
  pairs.map(([first, second]) => ({ first: textOf(first), second: textOf(second) }));

function labelsOf([alertname, labels]: Alert, release: string): Labels {
  const severity = alerts[alertname]?.severity ?? '';
  return { namespace: 'ml-service', release, severity, alertname, ...labels };
}

/** Each pair fires in a separate release, so that one Alertmanager has all of them at the same time. */
const pairs = [...inhibits, ...leaves];
const firing = pairs.flatMap((pair, index) => pair.map((alert) => labelsOf(alert, `release-${index}`)));
const strangers = [labelsOf(broker, 'one'), labelsOf(['PoolStalled', cpu], 'another')];

let inhibited: readonly boolean[];
beforeAll(async () => {
  const values = { ...ruleKindValues.bundled, alertmanager: { enabled: true } };
  const objects = await renderChart({ values });
  inhibited = await withPodFiles(objects, 'alertmanager', (config) =>
    inhibitedAlerts(config, [...firing, ...strangers]),
  );
});

/** Whether the alert of a pair is inhibited: the first or the second. */
const isInhibited = (pair: number, which: 0 | 1) => inhibited[2 * pair + which];

describe('Alertmanager, while both alerts fire', () => {
  test.each(titled(inhibits).map((one, index) => ({ ...one, index })))(
    '$first inhibits $second and is not inhibited',
    ({ index }) => {
      expect(isInhibited(index, 1)).toBe(true);
      expect(isInhibited(index, 0)).toBe(false);
    },
  );

  test.each(titled(leaves).map((one, index) => ({ ...one, index: inhibits.length + index })))(
    '$first does not inhibit $second',
    ({ index }) => expect(isInhibited(index, 1)).toBe(false),
  );

  test('no alert inhibits one of another release', () => {
    expect(inhibited.at(-1)).toBe(false);
  });
});
