import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chartDirectory } from '../../src/chart/helm.ts';
import { cases, envOf, notes, render } from './support.ts';

const workers = (rendered: Awaited<ReturnType<typeof render>>) =>
  rendered.workloads.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'worker');

const option = (command: readonly string[], name: string) =>
  Number(command.find((part) => part.startsWith(`${name}=`))?.split('=')[1]);

describe.each(cases())('delivery in $title', ({ options }) => {
  test('of every pool: a lease shorter than its fallback, results that outlive both and a task', async () => {
    const pools = workers(await render(options));
    for (const { spec } of pools) {
      const [container] = spec.template.spec.containers;
      const env = envOf(container);
      const fallback = Number(env.AUDIO_PROCESSOR_VISIBILITY_TIMEOUT);
      const limit = option(container.command, '--time-limit');
      expect(fallback).toBeGreaterThanOrEqual(limit + 600);
      expect(Number(env.AUDIO_PROCESSOR_REDELIVER_AFTER)).toBeGreaterThanOrEqual(60);
      expect(env.AUDIO_PROCESSOR_MAX_REDELIVERIES).toMatch(/^[0-9]+$/);
      const expires = option(container.command, 'result.expires');
      expect(expires).toBeGreaterThan(fallback + limit);
      expect(expires).toBeGreaterThan(Number(env.AUDIO_PROCESSOR_REDELIVER_AFTER) + limit);
      expect(container.command.at(-2)).toBe('--');
    }
  });
});

describe('delivery.mode', () => {
  test('`lease` is the default: the task of a lost pod is back after redeliverAfter, whatever its limit', async () => {
    const long = { workers: { pools: { cpu: { taskLimit: '20h' } } } };
    const env = envOf((await render({ values: long })).container('audio-worker'));
    expect(env).toMatchObject({
      AUDIO_PROCESSOR_REDELIVER_AFTER: '900',
      AUDIO_PROCESSOR_VISIBILITY_TIMEOUT: '108000',
      AUDIO_PROCESSOR_MAX_REDELIVERIES: '5',
    });
    expect(await notes({ values: long })).toContain('redelivered after 900 s');
  });

  test('`timeout` leaves it to the pool’s visibility timeout', async () => {
    const values = { delivery: { mode: 'timeout' } };
    const env = envOf((await render({ values })).container('audio-worker'));
    expect(env).not.toHaveProperty('AUDIO_PROCESSOR_REDELIVER_AFTER');
    expect(env).toMatchObject({ AUDIO_PROCESSOR_VISIBILITY_TIMEOUT: '5400' });
    expect(await notes({ values })).toContain('redelivered after 5400 s');
  });
});

test('only the API gives up at once a broker that does not answer', async () => {
  const rendered = await render();
  expect(envOf(rendered.container('audio-processor')).AUDIO_PROCESSOR_ROLE).toBe('api');
  for (const { metadata, spec } of rendered.workloads.filter(
    ({ metadata }) => metadata.name !== 'audio-processor',
  ))
    expect(envOf(spec.template.spec.containers[0]), metadata.name).not.toHaveProperty('AUDIO_PROCESSOR_ROLE');
});

test('every file of the module is mounted', async () => {
  const files = readdirSync(join(chartDirectory, 'files/celery/audio_processor_celery')).filter((file) =>
    file.endsWith('.py'),
  );
  const rendered = await render();
  const mounted = rendered
    .workload('audio-worker')
    .spec.template.spec.volumes.flatMap(({ configMap }) => configMap?.items ?? [])
    .map(({ key }) => key);
  expect(files).toContain('lease.py');
  expect(mounted).toEqual(expect.arrayContaining(files));
});
