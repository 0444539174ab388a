import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chartDirectory } from '../../../src/chart/helm.ts';
import { knownMetrics } from '../../../src/dashboards/metrics.ts';

const chartFile = (path: string) => readFile(join(chartDirectory, path), 'utf8');
const module = await chartFile('files/celery/audio_processor_celery/metrics.py');

/** Names of the series of a metric, by its class in prometheus_client. */
const series: Readonly<Record<string, (name: string) => readonly string[]>> = {
  Counter: (name) => [`${name}_total`],
  Gauge: (name) => [name],
  Histogram: (name) => ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`),
};

/** Texts in quotes. */
const quoted = (text: string) => [...text.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word);

test('what the Celery module counts is known by its names and labels, and nothing else is', () => {
  const prefix = /kind\(f"(\w+)\{name\}"/.exec(module)?.[1] ?? '';
  const usual = quoted(/labels=\(([^)]*)\)/.exec(module)?.[1] ?? '');
  const made = [...module.matchAll(/make\((\w+), "(\w+)", (?:"[^"]*"|\w+)(?:, \(([^)]*)\))?/g)].flatMap(
    ([, kind = '', name = '', given]) => {
      const labels = given === undefined ? usual : quoted(given);
      return (series[kind]?.(`${prefix}${name}`) ?? []).map((one) => [
        one,
        one.endsWith('_bucket') ? [...labels, 'le'] : labels,
      ]);
    },
  );
  const known = Object.entries(knownMetrics).flatMap(([name, { from, labels }]) =>
    from === 'celery' ? [[name, labels]] : [],
  );
  expect(made.length).toBeGreaterThan(10);
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(made));
});
