import type { Json, Schema } from '../../src/schema/kit.ts';
import { valuesSchema } from '../../src/schema/values.ts';
import type { ValueMap } from '../../src/values/merge.ts';
import {
  ANY_KEY,
  defaultAt,
  defaultOf,
  isLeaf,
  isOpen,
  mapValues,
  nodes,
  resolve,
  schemaAt,
} from '../../src/values/schema-tree.ts';
import { alertContexts, alertSamples } from './mutation-contexts/alerts.ts';
import { dashboardContexts } from './mutation-contexts/dashboards.ts';
import { modelContexts } from './mutation-contexts/models.ts';
import { routingContexts, routingSamples } from './mutation-contexts/routing.ts';
import { scrapingContexts, scrapingSamples } from './mutation-contexts/scraping.ts';
import { serverContexts, serverSamples } from './mutation-contexts/servers.ts';

/** One leaf of the schema, and an overlay that changes nothing but it. */
export interface Mutation {
  /** Path of the leaf; below `workers.pools` that of the pool `cpu`, below `workers.profiles` that of `nvidia`. */
  readonly path: string;
  readonly overlay: ValueMap;
  /** What must be set beside it for the leaf to matter at all; the mutation is compared with this alone. */
  readonly context: ValueMap;
}

/** Leaves, and whole sections, that matter only beside another value. */
const contexts: Readonly<Record<string, ValueMap>> = {
  flower: { flower: { enabled: true } },
  'broker.external': { broker: { mode: 'external' } },
  // The processes have URLs in the Secret; KEDA has not.
  ...Object.fromEntries(
    ['address', 'database'].map((key) => [
      `broker.external.${key}`,
      {
        broker: { mode: 'external', external: { address: 'one.example.com:6379' } },
        workers: { defaults: { scaling: { engine: 'keda' } } },
      },
    ]),
  ),
  'broker.external.tls': { broker: { mode: 'external', external: { tls: { enabled: true } } } },
  'broker.external.tls.ca.key': {
    broker: { mode: 'external', external: { tls: { enabled: true, ca: { secret: 'mine' } } } },
  },
  'broker.external.sentinel.login': {
    broker: { mode: 'external', external: { sentinel: { masterName: 'main' } } },
  },
  // Without a claim the journal counts against the limit of the node's disk.
  'broker.persistence.enabled': { broker: { persistence: { size: '64Mi' } } },
  ...routingContexts,
  'workers.pools.cpu.drain.within': { workers: { defaults: { drain: { mode: 'requeue' } } } },
  // A profile matters only to the pools that name it.
  'workers.profiles': { workers: { pools: { gpu: { enabled: true } } } },
  ...Object.fromEntries(
    ['count', 'cpuFallback'].map((key) => [
      `workers.pools.cpu.hardware.${key}`,
      { workers: { defaults: { hardware: { resource: 'vendor.com/gpu' } } } },
    ]),
  ),
  ...modelContexts,
  ...dashboardContexts,
  ...alertContexts,
  ...serverContexts,
  ...scrapingContexts,
  // The engine `fixed`, the default, reads none of these.
  ...Object.fromEntries(
    ['api', 'workers.pools.cpu'].flatMap((at) => {
      const pool = (scaling: ValueMap) => ({ workers: { defaults: { scaling } } });
      return [
        ...['max', 'scaleDown', 'scaleUp', 'hpa'].map((key) => [
          `${at}.scaling.${key}`,
          { api: { scaling: { engine: 'hpa' } }, ...pool({ engine: 'hpa' }) },
        ]),
        [`${at}.scaling.keda`, pool({ engine: 'keda' })],
        [`${at}.scaling.keda.cooldown`, pool({ engine: 'keda', min: 0 })],
      ];
    }),
  ),
};

/** The entry that represents any of its map. */
const entries: Readonly<Record<string, string>> = {
  pools: 'cpu',
  profiles: 'nvidia',
  inhibitions: 'broker',
};

/** Leaves for which the value that would be taken is refused beside the defaults. */
const samples: Readonly<Record<string, Json>> = {
  'api.preStopSleep': '10s',
  ...routingSamples,
  ...alertSamples,
  ...serverSamples,
  ...scrapingSamples,
  'delivery.redeliverAfter': '17m',
  'workers.defaults.hardware.resource': 'vendor.com/gpu',
  'workers.pools.cpu.hardware.resource': 'vendor.com/gpu',
  'workers.profiles.nvidia.resource': 'vendor.com/gpu',
  'workers.profiles': { nvidia: { count: 2 } },
  'workers.defaults.profile': 'nvidia',
  'workers.pools.cpu.profile': 'nvidia',
  'workers.defaults.visibilityTimeout': '9h',
  'workers.pools.cpu.visibilityTimeout': '9h',
  extraObjects: { changed: { apiVersion: 'v1', kind: 'ConfigMap' } },
};

/** Values that some pattern of the schema requires, tried in this order. */
const texts = [
  'changed',
  'changed:5000',
  '/changed',
  'https://changed.example',
  `sha256:${'f'.repeat(64)}`,
  '7m',
  '3Mi',
];
const keys = ['changed', 'https://changed.example', '10.0.0.0/8'];

/** Every leaf of the schema with a change of it. */
export function mutations(): readonly Mutation[] {
  return nodes(valuesSchema)
    .filter(({ schema }) => isLeaf(schema))
    .filter(({ path }) => !(path.includes(ANY_KEY) && path.indexOf(ANY_KEY) !== 2))
    .filter(({ path, schema }) => !(path.at(-1) === ANY_KEY && mapValues(schema) === undefined))
    .map(({ path, schema }) => {
      const real = path.map((key, index) =>
        key === ANY_KEY ? (entries[path[index - 1] ?? ''] ?? key) : key,
      );
      const from = inheritedFrom(real);
      const before =
        defaultAt(valuesSchema, from) ?? defaultOf(schemaAt(valuesSchema, from) ?? schema, valuesSchema);
      const dotted = real.join('.');
      return {
        path: dotted,
        overlay: real.reduceRight<Json>(
          (below, key) => ({ [key]: below }),
          changed(dotted, schema, before),
        ) as ValueMap,
        context: contextOf(dotted),
      };
    });
}

/** The context of the leaf, or of the closest section above it that has one and is not itself what changes. */
export function contextOf(dotted: string): ValueMap {
  const keys = dotted.split('.');
  const sections = keys.map((_, index) => keys.slice(0, keys.length - index).join('.'));
  const section = sections.find((path) => contexts[path] !== undefined && dotted !== `${path}.enabled`);
  return section === undefined ? {} : (contexts[section] ?? {});
}

/** Where a leaf takes its value from as long as nobody sets it. */
function inheritedFrom(path: readonly string[]): readonly string[] {
  if (!['broker', 'monitoring'].includes(path[0] ?? '') && path.at(-2) === 'image')
    return ['image', ...path.slice(-1)];
  if (path[1] === 'pools') return ['workers', 'defaults', ...path.slice(3)];
  if (path[1] !== 'profiles' || path[3] === undefined) return path;
  const group = { nodeSelector: ['scheduling'], tolerations: ['scheduling'], ...asInPool }[path[3]] ?? [
    'hardware',
  ];
  return ['workers', 'defaults', ...group, ...path.slice(3)];
}

/** Leaves of a profile that a pool has under the same key. */
const asInPool: Readonly<Record<string, readonly string[]>> = { image: [], env: [], resources: [] };

/** A value of the leaf at this path that is not `before`, and that the schema takes. */
export function changed(path: string, schema: Schema, before: Json | undefined): Json {
  return samples[path] ?? other(schema, before);
}

/** Another value than `before` that the schema takes. */
function other(unresolved: Schema, before: Json | undefined): Json {
  const schema = resolve(unresolved, valuesSchema);
  const values = mapValues(schema);
  const types = [schema.type ?? []].flat();
  if (values !== undefined) {
    const allowed = new RegExp(resolve(schema.propertyNames ?? {}, valuesSchema).pattern ?? '');
    return { [found(keys, (key) => allowed.test(key))]: entry(values) };
  }
  if (isOpen(schema) || types.includes('object')) return { changed: 'changed' };
  if (schema.enum !== undefined) return found(schema.enum, (value) => value !== before);
  if (types.includes('boolean')) return before !== true;
  if (types.includes('array')) return ['changed'];
  if (types.includes('integer')) {
    const number = Number(before ?? 0) || 7;
    return number + 1 <= (schema.maximum ?? Number.POSITIVE_INFINITY) ? number + 1 : number - 1;
  }
  if (types.includes('number') && !types.includes('string')) return Number(before ?? 0) / 4 + 0.125;
  const allowed = new RegExp(schema.pattern ?? '');
  return found(
    texts,
    (text) => text !== before && allowed.test(text) && text.length >= (schema.minLength ?? 0),
  );
}

function entry(unresolved: Schema): Json {
  const schema = resolve(unresolved, valuesSchema);
  if (schema.title === 'Pool') return { queues: { changed: {} } };
  if (schema.additionalProperties === false) return {};
  return other(schema, undefined);
}

function found<T>(candidates: readonly T[], fits: (candidate: T) => boolean): T {
  const candidate = candidates.find(fits);
  if (candidate === undefined) throw new Error(`no candidate of ${JSON.stringify(candidates)} fits`);
  return candidate;
}
