import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withInbox } from '../../checks/alerts/inbox.ts';
import { setGpus } from '../../checks/cluster/gpus.ts';
import { labImage } from '../../lab/images/catalog.ts';
import { deployDcgm } from '../../lab/services/dcgm.ts';
import { type Expression, expressions } from '../../src/dashboards/all.ts';
import { parsePromql, type Selector, withVariables } from '../../src/dashboards/promql.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { alertNames } from '../../src/schema/alerts.ts';
import { program } from '../../src/tools/programs.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { withDesk } from './support/ledger.ts';
import { type Prometheus, withPrometheus } from './support/prometheus.ts';
import { cluster, labInstance, namespace, upWith } from './support/service.ts';

const gpuNamespace = 'gpu-operator';

/** Every scrape job, at so short an interval that a test need not wait long. */
const watched = {
  global: { monitoring: { scrapeInterval: '2s' } },
  prometheus: { enabled: true, evaluationInterval: '2s' },
  monitoring: {
    gpu: {
      enabled: true,
      namespace: gpuNamespace,
      selector: { app: null, 'app.kubernetes.io/name': 'dcgm' },
    },
  },
  flower: { enabled: true },
  // Without a limit of CPU there is no share of it, and no alert separates pools of each kind without one.
  api: { resources: { limits: { cpu: '1' } } },
  workers: {
    defaults: { resources: { limits: { cpu: '1' } } },
    pools: {
      cpu: { scaling: { engine: 'hpa', min: 1, max: 1 } },
      gpu: { enabled: true, resources: { requests: { cpu: '50m', memory: '128Mi' } } },
      dark: { queues: { dark_queue: {} }, metrics: { enabled: false } },
    },
  },
};

beforeAll(async () => {
  const { name } = await labImage('masterml');
  await deployDcgm({ kubeconfig: labInstance().kubeconfig, namespace: gpuNamespace, image: name });
  await setGpus(labInstance(), 1);
  await upWith(watched);
});

afterAll(() => setGpus(labInstance(), 0));

const withOurs = <T>(use: (prometheus: Prometheus) => Promise<T>) =>
  withPrometheus(cluster(), namespace, use);

describe('the bundled Prometheus', () => {
  it('reaches every target, and has one of each job', async () => {
    await withOurs((prometheus) =>
      waitFor(
        'every target to answer',
        async () => {
          const targets = await prometheus.targets();
          const jobs = new Set(targets.map(({ labels }) => labels.job));
          const wanted = ['api', 'worker', 'broker', 'flower', 'gpu'].map((name) => `audio-${name}`);
          const missing = [...wanted, 'kubelet-cadvisor', 'prometheus'].filter((job) => !jobs.has(job));
          const down = targets.filter(({ health }) => health !== 'up');
          const observed = down.map(({ labels, lastError }) => `${labels.job}: ${lastError}`);
          return missing.length + down.length === 0
            ? { value: true }
            : { observed: [...missing.map((job) => `no ${job}`), ...observed].join('; ') };
        },
        { deadlineMs: 60_000, everyMs: 1000 },
      ),
    );
  });

  it('gives every series of ours its release, its namespace and its pod', async () => {
    await withOurs(async (prometheus) => {
      const bare = await prometheus.query(
        'count by (job) (up{job=~"audio-.+",release!="audio-processor"} or up{job=~"audio-.+",pod=""} or up{job=~"audio-.+",namespace!="ml-service"})',
      );
      expect(bare).toEqual([]);
    });
  });
});

/**
 * Of some selectors those that match no series of the last ten minutes, as they were given. Which status, state or key one
 * selects is known only after a failure.
 */
async function unseen(prometheus: Prometheus, selectors: readonly Selector[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { metric, matchers } of selectors) {
    const chosen = matchers
      .filter(({ label }) => ['job', 'release', 'namespace'].includes(label))
      .map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`);
    const series = `${metric}{${chosen.join(',')}}`;
    const found = await prometheus.query(`count(last_over_time(${series}[10m]))`);
    if (found.length === 0) missing.push(series);
  }
  return missing;
}

describe('after some load', () => {
  beforeAll(async () => {
    await withDesk('audio-features', async ({ submit, until }) => {
      const finish = async (name: string, orders: object) => {
        const what = `the end of the task ${name}`;
        const id = await submit(name, 1, orders);
        await until(id, what, (entries) => entries.some(({ event }) => event === 'end'), 60_000);
      };
      const both = async () => {
        await finish('plain', {});
        await finish('extractor', { failExtractors: ['loudness_extractor'] });
      };
      await both();
      const crashed = await submit('crash', 1, { fail: 'crash' });
      await until(crashed, 'a second start', (entries) => entries.length >= 2, 60_000);
      // The application's series are born with their first run, and only what comes after it is growth.
      await withOurs((prometheus) =>
        waitFor(
          'the first runs of extractors to be scraped',
          async () => {
            const found = await Promise.all(
              ['audio_extractor_success_total', 'audio_extractor_failures_total'].map((metric) =>
                prometheus.query(metric),
              ),
            );
            return found.every((samples) => samples.length > 0)
              ? { value: true }
              : { observed: JSON.stringify(found) };
          },
          { deadlineMs: 60_000, everyMs: 1000 },
        ),
      );
      await both();
    });
  });

  it('every expression of every dashboard gives data', async () => {
    let left = expressions();
    await withOurs((prometheus) =>
      waitFor(
        'every panel to show something',
        async () => {
          const empty: Expression[] = [];
          for (const one of left) {
            const samples = await prometheus.query(withVariables(one.expr, { namespace }));
            // A share of nothing is NaN: no data, though there is a series.
            if (!samples.some(({ value }) => Number.isFinite(value))) empty.push(one);
          }
          // Not all of them at once: what was measured in one window is not in a later one.
          left = empty;
          const observed = empty.map(({ dashboard, panel, expr }) => `${dashboard} / ${panel}: ${expr}`);
          return empty.length === 0 ? { value: true } : { observed: `without data:\n${observed.join('\n')}` };
        },
        { deadlineMs: 150_000, everyMs: 5000 },
      ),
    );
  });

  it('every expression that falls back on something else finds each of the series that it reads', async () => {
    const falling = expressions().filter(({ expr }) => /\bor\b/.test(expr));
    expect(falling.length).toBeGreaterThan(20);
    await withOurs((prometheus) =>
      waitFor(
        'every series of these panels',
        async () => {
          const missing: string[] = [];
          for (const { dashboard, panel, expr } of falling) {
            const { selectors } = parsePromql(withVariables(expr, { namespace }));
            const series = await unseen(prometheus, selectors);
            missing.push(...series.map((one) => `${dashboard} / ${panel}: ${one}`));
          }
          return missing.length === 0
            ? { value: true }
            : { observed: `without data:\n${missing.join('\n')}` };
        },
        { deadlineMs: 60_000, everyMs: 5000 },
      ),
    );
  });

  it('every alert finds each of the series that it reads', async () => {
    await withOurs((prometheus) =>
      waitFor(
        'every series of every alert',
        async () => {
          const missing: string[] = [];
          for (const { name, query } of await prometheus.rules()) {
            const series = await unseen(prometheus, parsePromql(query).selectors);
            missing.push(...series.map((one) => `${name}: ${one}`));
          }
          return missing.length === 0
            ? { value: true }
            : { observed: `without data:\n${missing.join('\n')}` };
        },
        { deadlineMs: 60_000, everyMs: 5000 },
      ),
    );
  });
});

const guide = 'docs/monitoring.md';
const folder = 'docs/runbooks';
const thisFile = 'test/cluster/monitoring.test.ts';

const env = async () => ({
  PATH: `${dirname(await program('kubectl'))}:${process.env.PATH}`,
  KUBECONFIG: labInstance().kubeconfig,
});

it('the command that tests the notifications reaches the receiver', async () => {
  const [command = ''] = await commandsFor(guide, thisFile);
  const since = Date.now();
  const { exitCode, stderr } = await shell(command, { env: await env() });
  expect(exitCode, stderr).toBe(0);
  await withInbox(cluster(), (read) =>
    waitFor(
      'the alert at the webhook',
      async () => {
        const received = (await read()).filter(({ at }) => at > since);
        const found = received.find(({ labels }) => labels.alertname === 'TestOfNotifications');
        return found?.annotations.summary?.includes('nothing is wrong')
          ? { value: true }
          : { observed: received.map(({ labels }) => labels.alertname).join(', ') || 'nothing' };
      },
      { deadlineMs: 150_000, everyMs: 1000 },
    ),
  );
});

describe('the first three commands of a runbook', () => {
  it.each(alertNames)('%s: work as they are documented', async (name) => {
    const [block = ''] = await commandsFor(`${folder}/${name}.md`, thisFile);
    for (const command of block.trim().split('\n')) {
      const { exitCode, stderr } = await shell(command, { env: await env() });
      expect(exitCode, `${command}\n${stderr}`).toBe(0);
      // What a selector names has to be there; no events and no policies are good news.
      if (/ get (pods|deployments|configmaps)/.test(command))
        expect(stderr, command).not.toContain('No resources found');
    }
  });
});
