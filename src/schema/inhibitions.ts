import { type AlertName, alertNames } from './alerts.ts';

/** One rule of Alertmanager: while an alert of `source` fires, those of `target` with equal labels are not told. */
interface Inhibition {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly equal: readonly string[];
}

function alert(...names: readonly AlertName[]): string {
  return names.length === 1 ? `alertname="${names[0]}"` : `alertname=~"${names.join('|')}"`;
}

function allBut(...names: readonly AlertName[]): string {
  return alert(...alertNames.filter((name) => !names.includes(name)));
}

const release = ['namespace', 'release'];
const ofPool = [...release, 'pool'];

/**
 * One fault, one message, by the rule's name: what is named as a target is what the fault of the source brings about, and
 * nothing that may be wrong besides. Alertmanager never lets an alert that matches both sides silence itself. Two labels
 * that are both absent count as equal: the API has no pool. Targets of `ofPool` always have one.
 */
export const inhibitions = {
  broker: {
    source: [alert('ServiceUnavailable'), 'component="broker"'],
    target: [allBut('Watchdog')],
    equal: release,
  },
  component: {
    source: [alert('ServiceUnavailable')],
    target: [allBut('Watchdog', 'ServiceUnavailable')],
    equal: [...ofPool, 'component'],
  },
  queue: {
    source: [alert('TaskQueueBacklog')],
    target: [alert('QueueWithoutConsumer')],
    equal: [...release, 'queue'],
  },
  backlog: {
    source: [alert('TaskQueueBacklog')],
    target: [alert('PoolStalled', 'ScaleStuckAtMax', 'SlowProcessing')],
    equal: ofPool,
  },
  consumer: {
    source: [alert('QueueWithoutConsumer')],
    target: [alert('PoolStalled', 'ScaleStuckAtMax')],
    equal: ofPool,
  },
  stalled: {
    source: [alert('PoolStalled')],
    target: [alert('ScaleStuckAtMax')],
    equal: ofPool,
  },
} as const satisfies Readonly<Record<string, Inhibition>>;
