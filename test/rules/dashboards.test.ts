import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expressions } from '../../src/dashboards/all.ts';
import { withVariables } from '../../src/dashboards/promql.ts';
import { run } from '../../src/process/run.ts';
import { program } from '../../src/tools/programs.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dashboards-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs promtool on one file; its message is the error. */
async function promtool(command: 'check' | 'test', content: object): Promise<string> {
  const file = join(folder, `${command}.json`);
  await writeFile(file, JSON.stringify(content));
  const { stdout } = await run(await program('promtool'), [command, 'rules', file], { timeoutMs: 60_000 });
  return stdout;
}

/** Labels of every series of the release, then its own. */
const own = (name: string, labels: string) =>
  `${name}{namespace="ml-service",release="audio-processor"${labels === '' ? '' : ','}${labels}}`;
const record = (name: string, labels = '') => own(`audio_processor:${name}`, labels);

/** The n-th expression of a panel. */
function expression(dashboard: string, panel: string, index = 0): string {
  const found = expressions().filter(
    (one) => one.dashboard === `audio-processor-${dashboard}` && one.panel === panel,
  )[index];
  if (found === undefined) throw new Error(`no expression ${index} of ${dashboard} / ${panel}`);
  return withVariables(found.expr);
}

interface Example {
  readonly what: string;
  readonly expr: string;
  /** Series, and what each holds all the time, or grows by a minute (`+60`). */
  readonly series: Readonly<Record<string, string>>;
  readonly gives: Readonly<Record<string, number>>;
}

const reads = {
  [record('queue_pool:info', 'queue="audio_queue",pool="cpu"')]: '1',
  [record('queue_pool:info', 'queue="celery",pool="cpu"')]: '1',
  [record('queue_pool:info', 'queue="gpu_queue",pool="gpu"')]: '1',
};
const replicas = 'Replicas of $pool';

const examples: readonly Example[] = [
  {
    what: 'demand is what waits in all queues of a pool and what it has received; a queue without a series is empty',
    expr: expression('queues', replicas, 3),
    series: {
      ...reads,
      [record('queue_length:tasks', 'queue="audio_queue"')]: '7',
      [record('queue_length:tasks', 'queue="celery"')]: '2',
      [record('queue_length:tasks', 'queue="read_by_nobody"')]: '100',
      [record('pool_held:tasks', 'pool="cpu"')]: '3',
    },
    gives: { '{pool="cpu"}': 12, '{pool="gpu"}': 0 },
  },
  {
    what: 'a pool without workers has 0 replicas, not none',
    expr: expression('queues', replicas, 0),
    series: {
      [own('up', 'job="audio-worker",pool="cpu",pod="a"')]: '1',
      [own('up', 'job="audio-worker",pool="cpu",pod="b"')]: '0',
      [record('pool_replicas:min', 'pool="cpu"')]: '1',
      [record('pool_replicas:min', 'pool="gpu"')]: '0',
      [record('pool_replicas:min', 'component="api"')]: '1',
    },
    gives: { '{pool="cpu"}': 1, '{pool="gpu"}': 0 },
  },
  {
    what: 'a queue that nobody consumes has 0 consumers',
    expr: expression('queues', 'Consumers'),
    series: {
      ...reads,
      [own('celery_worker_queue_consumed', 'queue="audio_queue",pool="cpu",pod="a"')]: '1',
      [own('celery_worker_queue_consumed', 'queue="audio_queue",pool="cpu",pod="b"')]: '1',
      [record('queue_length:tasks', 'queue="read_by_nobody"')]: '4',
    },
    gives: {
      '{queue="audio_queue"}': 2,
      '{queue="celery"}': 0,
      '{queue="gpu_queue"}': 0,
      '{queue="read_by_nobody"}': 0,
    },
  },
  {
    what: 'an extractor that never succeeded has a rate of 0, one that never failed of 1',
    expr: expression('extractors', 'Success rate'),
    series: {
      [record('extractor_successes:increase', 'extractor_name="mfcc",pool="cpu"')]: '9',
      [record('extractor_successes:increase', 'extractor_name="asr",pool="cpu"')]: '3',
      [record('extractor_failures:increase', 'extractor_name="asr",pool="cpu"')]: '1',
      [record('extractor_failures:increase', 'extractor_name="clap",pool="gpu"')]: '5',
    },
    gives: { '{extractor_name="mfcc"}': 1, '{extractor_name="asr"}': 0.75, '{extractor_name="clap"}': 0 },
  },
  {
    what: 'half of the errors that the objective allows leave half of the budget; requests for a task do not count',
    expr: expression('slo', 'API: budget left'),
    series: {
      [own('audio_requests_total', 'endpoint="/process",status="200"')]: '+199',
      [own('audio_requests_total', 'endpoint="/process",status="500"')]: '+1',
      [own('audio_requests_total', 'endpoint="/task/{id}",status="500"')]: '+500',
    },
    gives: { '{}': 0.5 },
  },
  {
    what: 'without an error the whole budget is left',
    expr: expression('slo', 'Tasks: budget left'),
    series: { [own('celery_worker_tasks_finished_total', 'queue="audio_queue",state="success"')]: '+1' },
    gives: { '{}': 1 },
  },
  {
    what: "a GPU is found by its pod, with DCGM's own labels and with those that the scrape renamed",
    expr: expression('gpu', 'Utilization'),
    series: {
      'DCGM_FI_DEV_GPU_UTIL{namespace="ml-service",pod="a",gpu="0"}': '40',
      'DCGM_FI_DEV_GPU_UTIL{namespace="gpu",pod="dcgm",exported_namespace="ml-service",exported_pod="b",gpu="1"}':
        '50',
      'DCGM_FI_DEV_GPU_UTIL{namespace="gpu",pod="dcgm",exported_namespace="other",exported_pod="c",gpu="2"}':
        '60',
    },
    gives: { '{pod="a",gpu="0"}': 40, '{pod="b",gpu="1"}': 50 },
  },
  {
    what: 'a broker without maxmemory has no share of it',
    expr: expression('broker', 'Used memory'),
    series: { [own('redis_memory_used_bytes', '')]: '5', [own('redis_memory_max_bytes', '')]: '0' },
    gives: {},
  },
  {
    what: 'no alert is 0 alerts',
    expr: expression('overview', 'Alerts firing'),
    series: { [own('ALERTS', 'alertname="Watchdog",alertstate="firing",severity="none"')]: '1' },
    gives: { '{}': 0 },
  },
];

/** `7` for an hour, or from 0 by `+7` a minute. */
const values = (value: string) => (value.startsWith('+') ? `0${value}x60` : `${value}x60`);

describe('every expression of the dashboards', () => {
  test('is accepted by promtool', async () => {
    const rules = expressions().map(({ expr }, index) => ({
      record: `panel:${index}`,
      expr: withVariables(expr),
    }));
    expect(await promtool('check', { groups: [{ name: 'dashboards', rules }] })).toContain(
      `${rules.length} rules found`,
    );
  });

  test.each(examples)('$what', async ({ expr, series, gives }) => {
    const expected = Object.entries(gives).map(([labels, value]) => ({ labels, value }));
    await promtool('test', {
      tests: [
        {
          interval: '1m',
          input_series: Object.entries(series).map(([name, value]) => ({
            series: name,
            values: values(value),
          })),
          // A division need not end.
          promql_expr_test: [{ expr: `round(${expr}, 0.001)`, eval_time: '60m', exp_samples: expected }],
        },
      ],
    });
  });
});
