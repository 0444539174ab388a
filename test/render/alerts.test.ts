import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Manifest, renderChart } from '../../src/chart/helm.ts';
import { alertNames } from '../../src/schema/alerts.ts';
import { only, type Rendering, render } from './support.ts';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const bundled = { prometheus: { enabled: true } };
const operator = { monitoring: { operator: { enabled: true, labels: { release: 'stack' } } } };

function groupsOf(rendered: Rendering): { readonly groups: readonly { readonly rules: readonly Rule[] }[] } {
  const map = only(rendered, 'ConfigMap', 'prometheus-rules') as Manifest & { data: Record<string, string> };
  return parse(map.data['audio-processor.yaml'] ?? '');
}

function rulesOf(rendered: Rendering): readonly Rule[] {
  return groupsOf(rendered).groups.flatMap(({ rules }) => rules);
}

const bundledRules = async (more: object = {}) => rulesOf(await render({ values: { ...bundled, ...more } }));
const fact = (rules: readonly Rule[], record: string) =>
  rules.filter((rule) => rule.record === `audio_processor:${record}`);

describe('the rules', () => {
  test('are not there as long as nobody evaluates them', async () => {
    const objects = (await render()).objects.filter(({ metadata }) => metadata.name.endsWith('-rules'));
    expect(objects).toEqual([]);
  });

  test('hold every alert of the list, with its severity', async () => {
    const alerts = (await bundledRules()).filter(({ alert }) => alert !== undefined);
    expect(alerts.map(({ alert }) => alert).sort()).toEqual([...alertNames].sort());
    expect(new Set(alerts.map(({ labels }) => labels.severity))).toEqual(
      new Set(['critical', 'warning', 'none']),
    );
  });

  test('leave no placeholder and no comment behind', async () => {
    for (const { expr, annotations = {} } of await bundledRules()) {
      for (const text of [expr, ...Object.values(annotations)]) expect(text).not.toMatch(/\$\{|^\s*#/m);
    }
  });

  test('lose an alert that is off, with its threshold', async () => {
    const rules = await bundledRules({ monitoring: { alerts: { CpuHigh: { enabled: false } } } });
    expect(rules.filter(({ alert }) => alert === 'CpuHigh')).toEqual([]);
    expect(fact(rules, 'alert_threshold').map(({ labels }) => labels.alertname)).not.toContain('CpuHigh');
  });

  test('have each threshold as a series', async () => {
    const rules = await bundledRules({ monitoring: { alerts: { TaskQueueBacklog: { threshold: 7 } } } });
    const thresholds = fact(rules, 'alert_threshold').map(({ labels, expr }) => [labels.alertname, expr]);
    expect(Object.fromEntries(thresholds)).toMatchObject({
      TaskQueueBacklog: 'vector(7)',
      SlowProcessing: 'vector(300)',
      CpuHigh: 'vector(0.8)',
    });
  });

  test('have the threshold of a slow task of each pool', async () => {
    const rules = await bundledRules({ workers: { pools: { cpu: { slowAfter: '20m' } } } });
    expect(fact(rules, 'pool_slow:seconds').map(({ expr }) => expr)).toEqual(['vector(1200)']);
  });

  test('expect no pod of a pool that may be at 0, and none of a pool without metrics', async () => {
    const pools = {
      cpu: { metrics: { enabled: false } },
      gpu: { enabled: true, scaling: { engine: 'keda', min: 0 } },
      batch: { queues: { async_batch_queue: {} } },
    };
    const rules = await bundledRules({ workers: { pools } });
    const expected = fact(rules, 'target_expected:info').map(({ labels }) => labels.pool ?? labels.job);
    expect(expected.sort()).toEqual(['audio-api', 'audio-broker', 'batch', 'kubelet-cadvisor']);
    const gpus = fact(await bundledRules({ monitoring: { gpu: { enabled: true } } }), 'target_expected:info');
    expect(gpus.map(({ labels }) => labels)).toContainEqual({
      ...{ job: 'audio-gpu', component: 'gpu', namespace: 'ml-service', release: 'audio-processor' },
    });
    expect(fact(rules, 'pool_unwatched:info').map(({ labels }) => labels.pool)).toEqual(['cpu']);
  });

  test('find the containers of a workload by the names of its pods', async () => {
    const records = fact(await bundledRules(), 'container_memory:ratio');
    const pods = Object.fromEntries(
      records.map(({ labels, expr }) => [
        labels.component,
        new RegExp(`^${/pod=~"([^"]+)"/.exec(expr)?.[1]}$`),
      ]),
    );
    expect('audio-processor-5d4f6c7b8-x2x4z').toMatch(pods.api ?? /-/);
    expect('audio-worker-5d4f6c7b8-x2x4z').toMatch(pods.worker ?? /-/);
    expect('audio-gpu-worker-5d4f6c7b8-x2x4z').not.toMatch(pods.worker ?? /.*/);
    expect('second-audio-worker-5d4f6c7b8-x2x4z').not.toMatch(pods.worker ?? /.*/);
    expect('redis-0').toMatch(pods.broker ?? /-/);
  });

  test('are the same for an operator, except for the source of limits', async () => {
    const [rule] = (await renderChart({ values: operator })).filter(
      ({ kind }) => kind === 'PrometheusRule',
    ) as (Manifest & { spec: { groups: { rules: Rule[] }[] } })[];
    expect(rule?.metadata.labels).toMatchObject({
      release: 'stack',
      'app.kubernetes.io/part-of': 'audio-processor',
    });
    const rules = rule?.spec.groups.flatMap(({ rules }) => rules) ?? [];
    const differing = (await bundledRules())
      .filter((one) => !rules.some((other) => JSON.stringify(other) === JSON.stringify(one)))
      .map(({ record, labels }) => labels.job ?? record);
    expect([...new Set(differing)].sort()).toEqual([
      'audio_processor:container_cpu:ratio',
      'audio_processor:container_memory:ratio',
      'kubelet-cadvisor',
    ]);
  });

  test('are evaluated at the interval of the server, bundled or not', async () => {
    const { groups } = groupsOf(await render({ values: bundled }));
    expect(groups).toHaveLength(1);
    expect(groups[0]).not.toHaveProperty('interval');
  });

  test('print a large number of tasks as people do', async () => {
    const rules = await bundledRules({
      monitoring: { alerts: { TaskQueueBacklog: { threshold: 1500000 } } },
    });
    const [backlog] = rules.filter(({ alert }) => alert === 'TaskQueueBacklog');
    expect(backlog?.expr).toContain('> 1500000');
    expect(backlog?.annotations?.description).toContain('More than 1500000 tasks');
  });

  test('are in the namespace of the server that reads them', async () => {
    const rendered = await render({
      values: { ...bundled, global: { monitoring: { namespace: 'elsewhere' } } },
    });
    expect(only(rendered, 'ConfigMap', 'prometheus-rules').metadata.namespace).toBe('elsewhere');
  });

  test('name runbook and dashboard, as links where their URL is known', async () => {
    const plain = (await bundledRules()).find(({ alert }) => alert === 'PoolStalled');
    expect(plain?.annotations).toMatchObject({
      runbook_url: 'docs/runbooks/PoolStalled.md',
      dashboard: 'audio-processor-queues',
    });
    const linked = await bundledRules({
      grafana: { enabled: true },
      monitoring: { runbooks: 'https://docs.example.com/runbooks/' },
      global: { monitoring: { host: 'monitoring.example.com', prefixes: { grafana: '/grafana/' } } },
    });
    expect(linked.find(({ alert }) => alert === 'PoolStalled')?.annotations).toMatchObject({
      runbook_url: 'https://docs.example.com/runbooks/PoolStalled.md',
      dashboard: 'https://monitoring.example.com/grafana/d/audio-processor-queues',
    });
  });
});

test('a bucket that is added to the histogram reaches the workers, and can be a threshold', async () => {
  const buckets = ['1m', '5m', '7m', '1h'];
  const values = {
    monitoring: { taskDurationBuckets: buckets },
    workers: { pools: { cpu: { slowAfter: '7m' } } },
  };
  const { container } = await render({ values });
  const env = container('audio-worker').env ?? [];
  expect(env).toContainEqual({ name: 'AUDIO_PROCESSOR_TASK_DURATION_BUCKETS', value: '60,300,420,3600' });
});
