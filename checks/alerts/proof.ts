import type { Cluster } from '../../src/kubernetes/kubectl.ts';
import { type PollResult, waitFor } from '../../src/process/wait-for.ts';
import type { Steps } from '../../src/report/steps.ts';
import { type AlertFault, rounds } from './faults.ts';
import { defaultRules, fingerprint } from './fingerprint.ts';
import { type Notice, withInbox } from './inbox.ts';
import type { RuleFile } from './rule-file.ts';
import { Service } from './service.ts';

/** What one fault was answered with; seconds from the fault, or from its repair. */
export interface Row {
  readonly alert: string;
  readonly severity: string;
  readonly what: string;
  /** {@link fingerprint} of the rules that were measured. */
  readonly rules: string;
  readonly toNotification: number;
  readonly toResolve: number;
  /** Other alerts that were sent while the fault lasted and that no other fault of the round explains. */
  readonly besides: readonly string[];
}

/** Nothing fires longer than its `for` of ten minutes, plus the time to see and to send it. */
const deadlineMs = 15 * 60_000;
const everyMs = 2_000;

/**
 * Makes every fault on a lab that runs with monitoring, round after round, and measures what reaches the webhook. A fault
 * without a notification fails its step, and the next round begins all the same.
 * @param done gets the rows of each round as soon as it is over
 */
export async function proveAlerts(
  cluster: Cluster,
  steps: Steps,
  choose: (fault: AlertFault) => boolean,
  done: (rows: readonly Row[]) => Promise<void>,
): Promise<readonly string[]> {
  const service = new Service(cluster);
  const rules = await defaultRules();
  return withInbox(cluster, async (read) => {
    const failed: string[] = [];
    for (const round of rounds.map((faults) => faults.filter(choose))) {
      const { rows, failures } = await proveRound(round, rules, service, read, steps);
      failed.push(...failures);
      await done(rows);
    }
    return failed;
  });
}

async function proveRound(
  round: readonly AlertFault[],
  measured: RuleFile,
  service: Service,
  read: () => Promise<readonly Notice[]>,
  steps: Steps,
): Promise<{ readonly rows: readonly Row[]; readonly failures: readonly string[] }> {
  const begun = Date.now();
  const proofs = round.map((fault) =>
    steps.step(`${fault.alert}: ${fault.what}`, async (note) => {
      const broken = Date.now();
      await fault.inject(service);
      const fired = await notice(read, fault, 'firing', broken);
      note(`notified after ${seconds(fired.at - broken)} s`);
      const repaired = Date.now();
      await fault.repair(service);
      const resolved = await notice(read, fault, 'resolved', repaired);
      return {
        alert: fault.alert,
        severity: fired.labels.severity ?? '',
        what: fault.what,
        rules: fingerprint(fault.alert, measured),
        toNotification: seconds(fired.at - broken),
        toResolve: seconds(resolved.at - repaired),
      };
    }),
  );
  const settled = await Promise.allSettled(proofs);
  const expected = new Set(['Watchdog', ...round.map(({ alert }) => alert)]);
  const sent = (await read()).filter(({ at, status }) => at >= begun && status === 'firing');
  const besides = [...new Set(sent.map(({ labels }) => labels.alertname ?? ''))]
    .filter((name) => !expected.has(name))
    .sort();
  return {
    rows: settled.flatMap((one) => (one.status === 'fulfilled' ? [{ ...one.value, besides }] : [])),
    failures: settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])),
  };
}

/** Waits for the first notification of the fault's alert since then; where the alert always fires, for its absence. */
async function notice(
  read: () => Promise<readonly Notice[]>,
  { alert, labels = {}, missingAfterMs }: AlertFault,
  status: Notice['status'],
  since: number,
): Promise<Notice> {
  const wanted = Object.entries({ alertname: alert, ...labels });
  const of = (one: Notice) => wanted.every(([name, value]) => one.labels[name] === value);
  const quiet = status === 'firing' ? missingAfterMs : undefined;
  return waitFor(
    quiet === undefined
      ? `the webhook to receive ${alert}, ${status}`
      : `no notification of ${alert} for ${quiet} ms`,
    async () => {
      const sent = (await read()).filter(({ at }) => at >= since);
      if (quiet !== undefined) return silence(sent.filter(of), quiet, since);
      const kind = missingAfterMs === undefined ? status : 'firing';
      const found = sent.find((one) => one.status === kind && of(one));
      const observed = sent.map((one) => `${one.labels.alertname} ${one.status}`).join(', ');
      return found === undefined ? { observed: observed || 'nothing' } : { value: found };
    },
    { deadlineMs, everyMs },
  );
}

/** What a dead man's switch would report when the last of these is long enough ago. */
function silence(sent: readonly Notice[], quietMs: number, since: number): PollResult<Notice> {
  const at = (sent.at(-1)?.at ?? since) + quietMs;
  if (Date.now() < at) return { observed: `the last ${seconds(Date.now() + quietMs - at)} s ago` };
  return { value: { at, status: 'firing', labels: { severity: 'none' }, annotations: {} } };
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}
