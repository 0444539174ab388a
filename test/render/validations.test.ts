import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BrokenRule, readBrokenRules } from '../../src/chart/broken-rules.ts';
import {
  chartDirectory,
  HelmError,
  type RenderOptions,
  renderChart,
  renderText,
} from '../../src/chart/helm.ts';
import * as alerts from './validations/alerts.ts';
import * as application from './validations/application.ts';
import * as broker from './validations/broker.ts';
import type { Accepted, Refused } from './validations/cases.ts';
import * as monitoring from './validations/monitoring.ts';
import * as routing from './validations/routing.ts';
import * as scaling from './validations/scaling.ts';
import * as workers from './validations/workers.ts';
import * as workloads from './validations/workloads.ts';

/** What the rules of each room refuse, and its neighbours. */
const rooms: Readonly<
  Record<string, { readonly refused: readonly Refused[]; readonly accepted: readonly Accepted[] }>
> = { application, workers, workloads, broker, scaling, routing, monitoring, alerts };

/** The rules that values break; empty for valid ones. */
async function brokenBy(options: RenderOptions): Promise<readonly BrokenRule[]> {
  try {
    await renderText(options);
    return [];
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    const broken = readBrokenRules(error.detail);
    if (broken.length === 0) throw error;
    return broken;
  }
}

const message = ({ path, message: why, remedy }: BrokenRule) => `${path}: ${why}. ${remedy}.`;

describe.each(Object.entries(rooms))('%s', (_room, { refused, accepted }) => {
  const rows = refused.map(([title, values, paths, more]) => ({
    title,
    paths,
    options: { values, ...more },
  }));
  test.each(rows)('refused: $title', async ({ paths, options }) => {
    const broken = await brokenBy(options);
    expect(broken.map(({ path }) => path).sort()).toEqual([...paths].sort());
    for (const { remedy } of broken) expect(remedy).not.toBe('');
    expect(broken.map(message).join('\n')).not.toContain('do-not-print');
  });

  if (accepted.length > 0) {
    test.each(accepted)('accepted: %s', async (_title, values) => {
      expect(await brokenBy({ values })).toEqual([]);
    });
  }
});

describe('the messages of all rules', () => {
  const messages = async () => {
    const rows = Object.values(rooms).flatMap(({ refused }) => refused);
    const broken = await Promise.all(rows.map(([, values, , more = {}]) => brokenBy({ values, ...more })));
    return [...new Set(broken.flat().map(message))];
  };

  test('are as reviewed: validations/messages.txt', async () => {
    const text = (await messages()).sort().join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot('validations/messages.txt');
  });

  test('are those of the templates: a row breaks each rule', async () => {
    const printed = await messages();
    const rules = ruleItems();
    expect(rules.length).toBeGreaterThan(100);
    expect(rules.filter((rule) => !printed.some((text) => rule.test(text)))).toEqual([]);
  });
});

/** Every item that a rule of the templates can print, as a pattern: any text in place of an action. */
function ruleItems(): readonly RegExp[] {
  const folder = join(chartDirectory, 'templates');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /_(\w+-)?rules\.tpl$/.test(file),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8').replaceAll(/\{\{-? *\/\*[\s\S]*?\*\/ *-?\}\}/g, '');
    // From a dash to the next line that begins with a control action.
    return [...text.matchAll(/^ *- ((?:.*\n)+?)(?= *\{\{-)/gm)].map(([, item = '']) => itemPattern(item));
  });
}

function itemPattern(item: string): RegExp {
  const fixed = item.trim().split(/\{\{.*?\}\}/);
  const escaped = fixed.map((part) =>
    part.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&').replaceAll(/\s+/g, '\\s*'),
  );
  return new RegExp(`^${escaped.join('.*')}$`);
}

describe('refused by the schema', () => {
  const pool = (own: object) => ({ workers: { pools: { cpu: own } } });

  const malformed: readonly (readonly [title: string, values: object, message: string])[] = [
    ['an unknown key', { api: { replica: 2 } }, "at '/api': additional properties 'replica'"],
    [
      'an unknown key of a pool',
      pool({ queue: {} }),
      "at '/workers/pools/cpu': additional properties 'queue'",
    ],
    ['a wrong type', { api: { port: '8000' } }, "at '/api/port': got string, want integer"],
    [
      'more pods than Kubernetes counts',
      { api: { scaling: { replicas: 2147483648 } } },
      "at '/api/scaling/replicas': maximum",
    ],
    ['more seconds than Kubernetes counts', { api: { grace: '100000h' } }, "at '/api/grace': '100000h'"],
    ['a malformed duration', pool({ taskLimit: '1 hour' }), "at '/workers/pools/cpu/taskLimit': '1 hour'"],
    [
      'a duration in the wrong order',
      pool({ taskLimit: '30m1h' }),
      "at '/workers/pools/cpu/taskLimit': '30m1h'",
    ],
    ['a malformed quantity', { api: { storage: { tmp: '8 GB' } } }, "at '/api/storage/tmp': '8 GB'"],
    ['a quantity with an exponent', { api: { storage: { tmp: '8e9' } } }, "at '/api/storage/tmp': '8e9'"],
    ['a null that deletes a default', { api: { grace: null } }, "at '/api': missing property 'grace'"],
    ['a null for a pool leaf', pool({ taskLimit: null }), "at '/workers/pools/cpu/taskLimit': got null"],
    [
      'an unknown delivery mode',
      { delivery: { mode: 'once' } },
      "at '/delivery/mode': value must be one of 'lease', 'timeout'",
    ],
    ['a broker image without tag', { broker: { image: { tag: '' } } }, "at '/broker/image/tag': ''"],
    ['a label with a space', { api: { podLabels: { team: 'a b' } } }, "at '/api/podLabels/team': 'a b'"],
    ['an annotation without name', { api: { podAnnotations: { 'a/': 'b' } } }, "'a/' does not match pattern"],
    [
      'more unavailable pods than there are',
      pool({ strategy: { maxUnavailable: '101%' } }),
      "at '/workers/pools/cpu/strategy/maxUnavailable': '101%'",
    ],
    ['a prefix that begins with a digit', { fullnameOverride: '1st' }, "at '/fullnameOverride': '1st'"],
    ['a pool name in capitals', { workers: { pools: { GPU: {} } } }, "'GPU' does not match pattern"],
    [
      'KEDA for the API',
      { api: { scaling: { engine: 'keda' } } },
      "at '/api/scaling/engine': value must be one of 'fixed', 'manual', 'hpa'",
    ],
    ['a path without slash', { routing: { paths: { api: 'audio' } } }, "at '/routing/paths/api'"],
    ['a path with `..`', { routing: { paths: { api: '/audio/../x' } } }, "at '/routing/paths/api'"],
    ['a path with a double slash', { routing: { paths: { api: '/audio//x' } } }, "at '/routing/paths/api'"],
    ['a host in capitals', { routing: { host: 'Example.com' } }, "at '/routing/host'"],
    ['a host with a port', { routing: { host: 'example.com:8080' } }, "at '/routing/host'"],
    ['a wildcard host', { routing: { host: '*.example.com' } }, "at '/routing/host'"],
    [
      'a proxy by name',
      { routing: { trustedProxies: { 'gateway.example.com': {} } } },
      "'gateway.example.com'",
    ],
    [
      'a threshold above 100 %',
      { monitoring: { alerts: { MemoryHigh: { threshold: 80 } } } },
      "at '/monitoring/alerts/MemoryHigh/threshold'",
    ],
    [
      'an unknown severity',
      { monitoring: { alerts: { MemoryHigh: { severity: 'page' } } } },
      "at '/monitoring/alerts/MemoryHigh/severity'",
    ],
    [
      'an unknown alert',
      { monitoring: { alerts: { MemoryLow: { enabled: false } } } },
      "additional properties 'MemoryLow'",
    ],
    [
      'an unknown preset',
      { routing: { ingress: { enabled: true, preset: 'nginx' } } },
      "at '/routing/ingress/preset'",
    ],
  ];
  test.each(malformed)('%s', async (_title, values, place) => {
    await expect(renderChart({ values })).rejects.toThrow(place);
  });
});

test('a valid prefix mends a release name that no Service can begin with', async () => {
  expect(await renderChart({ release: '1st', values: { fullnameOverride: 'first' } })).not.toEqual([]);
});

test('Kubernetes older than the floor is refused', async () => {
  await expect(renderChart({ kubeVersion: '1.30.0' })).rejects.toThrow(/Kubernetes >=1\.31\.0.*v1\.30\.0/);
  expect(await renderChart({ kubeVersion: '1.31.0' })).not.toEqual([]);
  expect(await renderChart({ kubeVersion: '1.33.1-gke.100' })).not.toEqual([]);
});

test('nothing is refused where nothing is rendered', async () => {
  expect(await renderChart({ values: { enabled: false, api: { grace: '1s' } } })).toEqual([]);
});
