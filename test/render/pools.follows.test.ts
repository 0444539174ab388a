import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/chart/helm.ts';
import { nodesUnder } from './invariants/anatomy.ts';
import { notes, overlay, render } from './support.ts';

/** Label of every object that one pool alone has. */
const label = 'audio-processor/pool';

/** The first pool of the chart, and the third of the overlay: everything that knows of one has to know of the other. */
const first = { pool: 'cpu', base: 'audio-worker', queue: 'audio_queue' };
const third = { pool: 'speech', base: 'audio-speech-worker', queue: 'async_gpu_queue' };
type Pool = typeof first;

const withEngine = (engine: string) => ({
  valuesFiles: [overlay('third-pool')],
  values: {
    // Dashboards take pools from labels of series; in them `audio-worker` is the job of all.
    monitoring: { operator: { enabled: true }, dashboards: { enabled: false } },
    workers: {
      defaults: { scaling: { engine, min: 2, max: 3 }, hardware: { cpuFallback: true } },
    },
  },
});

/** Objects that the pool alone has, by kind and name, in the words of the first pool. */
function own(objects: readonly Manifest[], { pool, base }: Pool): readonly string[] {
  return objects
    .filter(({ metadata }) => metadata.labels?.[label] === pool)
    .map(({ kind, metadata }) => `${kind}/${metadata.name.replace(base, first.base)}`)
    .sort();
}

/** Objects of all that name the pool, one of its queues, or the key under which it holds tasks. */
function speaking(objects: readonly Manifest[], { pool, base, queue }: Pool): readonly string[] {
  const words = [base, queue, `unacked:${pool}`].map((word) => new RegExp(`(^|[^-\\w:])${word}($|[^-\\w])`));
  const contains = (text: unknown) => typeof text === 'string' && words.some((word) => word.test(text));
  return objects
    .filter(({ metadata }) => metadata.labels?.[label] === undefined)
    .filter((object) => [...nodesUnder(object)].some(({ key, value }) => contains(value) || contains(key)))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    .sort();
}

describe.each(['fixed', 'manual', 'hpa', 'keda'])('under the engine %s', (engine) => {
  test('a third pool has every object that the first has, of the same spec except for the values that it sets itself', async () => {
    const { objects } = await render(withEngine(engine));
    const expected = own(objects, first);
    expect(expected).toEqual(
      expect.arrayContaining(['Deployment/audio-worker', 'PodDisruptionBudget/audio-worker']),
    );
    const scaler = { hpa: 'HorizontalPodAutoscaler/audio-worker-hpa', keda: 'ScaledObject/audio-worker' }[
      engine
    ];
    if (scaler !== undefined) expect(expected).toContain(scaler);
    expect(own(objects, third)).toEqual(expected);
  });

  test('every object that lists pools, queues or keys lists those of a third pool as well', async () => {
    const { objects } = await render(withEngine(engine));
    expect(speaking(objects, third)).toEqual(speaking(objects, first));
  });

  test('NOTES list it with its queues', async () => {
    const text = await notes(withEngine(engine));
    for (const { base, queue } of [first, third])
      expect(text).toMatch(new RegExp(`${base}\\n *Queues: .*${queue}`));
  });
});

test('an object that lists only the first pool would be noticed', () => {
  const keys = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'keys' },
    data: { keys: 'db0=unacked:cpu' },
  };
  expect(speaking([keys], first)).toEqual(['ConfigMap/keys']);
  expect(speaking([keys], third)).toEqual([]);
});
