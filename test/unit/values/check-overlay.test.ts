import { describe, expect, it } from 'vitest';
import {
  boolean,
  integer,
  list,
  map,
  object,
  passthrough,
  type Schema,
  string,
} from '../../../src/schema/kit.ts';
import { checkOverlay } from '../../../src/values/check-overlay.ts';
import type { ValueMap } from '../../../src/values/merge.ts';
import { editDistance, nearestKey } from '../../../src/values/nearest.ts';
import { defaultValues } from '../../../src/values/schema-tree.ts';

const schema: Schema = object('Values.', {
  enabled: boolean('On.', true),
  api: object('API.', {
    replicas: integer('Pods.', 2),
    command: list('Command.', { type: 'string' }, ['serve']),
    affinity: passthrough('Affinity.', 'io.k8s.api.core.v1.Affinity', { nodeAffinity: { weight: 1 } }),
  }),
  workers: object('Workers.', {
    pools: map(
      'Pools.',
      object('Pool.', { taskLimit: string('Limit.', '1h'), queues: map('Queues.', object('Queue.', {})) }),
      {
        default: { cpu: { taskLimit: '1h' } },
      },
    ),
  }),
});

const check = (overlay: ValueMap, base: ValueMap = defaultValues(schema) as ValueMap) =>
  checkOverlay(overlay, schema, base).map(({ keys: _keys, ...problem }) => problem);

describe('an unknown key', () => {
  it('at the root is reported with the nearest key', () => {
    expect(check({ enable: false })).toEqual([
      {
        code: 'additionalProperties',
        path: 'enable',
        message: expect.stringContaining('`enable`'),
        found: 'false',
        allowed: 'enabled, api, workers',
        remedy: expect.stringContaining('`enabled`'),
      },
    ]);
  });

  it('deep in a map is reported with its whole path', () => {
    expect(check({ workers: { pools: { batch: { taskLimt: '2h' } } } })).toEqual([
      expect.objectContaining({
        path: 'workers.pools.batch.taskLimt',
        remedy: expect.stringContaining('`workers.pools.batch.taskLimit`'),
      }),
    ]);
  });

  it('that exists elsewhere is reported with that place', () => {
    expect(check({ workers: { pools: { batch: { replicas: 3 } } } })).toEqual([
      expect.objectContaining({ remedy: expect.stringContaining('`api.replicas`') }),
    ]);
  });

  it('in an object without keys is reported as such', () => {
    expect(check({ workers: { pools: { cpu: { queues: { audio: { priority: 1 } } } } } })).toEqual([
      expect.objectContaining({
        path: 'workers.pools.cpu.queues.audio.priority',
        code: 'additionalProperties',
      }),
    ]);
  });

  it('does not exist inside what Kubernetes defines', () => {
    expect(check({ api: { affinity: { podAffinity: { anything: [1] } } } })).toEqual([]);
  });
});

describe('a value that changes nothing', () => {
  it.each<[string, ValueMap, string]>([
    ['a scalar', { api: { replicas: 2 } }, 'api.replicas'],
    ['a list', { api: { command: ['serve'] } }, 'api.command'],
    [
      'a value in the default of a map',
      { workers: { pools: { cpu: { taskLimit: '1h' } } } },
      'workers.pools.cpu.taskLimit',
    ],
    [
      'a value in what Kubernetes defines',
      { api: { affinity: { nodeAffinity: { weight: 1 } } } },
      'api.affinity.nodeAffinity.weight',
    ],
    ['an empty map over a map', { api: {} }, 'api'],
  ])('is a warning: %s', (_, overlay, path) => {
    expect(check(overlay)).toEqual([
      expect.objectContaining({ severity: 'warning', code: 'unchanged', path }),
    ]);
  });

  it('is judged by its own content, not by the default', () => {
    const base = { ...defaultValues(schema), api: { replicas: 5 } } as ValueMap;
    expect(check({ api: { replicas: 2 } }, base)).toEqual([]);
    expect(check({ api: { replicas: 5 } }, base)).toHaveLength(1);
  });

  it('is none where an empty map adds an entry', () => {
    expect(check({ workers: { pools: { batch: {} } } })).toEqual([]);
  });
});

describe('null', () => {
  it('may delete the default of a name in a map', () => {
    expect(check({ workers: { pools: { cpu: null } } })).toEqual([]);
  });

  it('may delete an override, so that the entry inherits', () => {
    expect(check({ workers: { pools: { cpu: { taskLimit: null } } } })).toEqual([]);
  });

  it('may not delete what the chart needs', () => {
    expect(check({ api: { replicas: null } })).toEqual([
      expect.objectContaining({
        code: 'null',
        path: 'api.replicas',
        remedy: expect.stringContaining('2'),
      }),
    ]);
  });

  it('is refused where there is nothing to delete', () => {
    expect(check({ workers: { pools: { batch: { taskLimit: null } } } })).toEqual([
      expect.objectContaining({ code: 'null', path: 'workers.pools.batch.taskLimit' }),
    ]);
  });
});

describe('the nearest key', () => {
  it.each([
    ['taskLimt', 'taskLimit'],
    ['TASKLIMIT', 'taskLimit'],
    ['quueues', 'queues'],
    ['enbaled', 'enabled'],
  ])('of %s is %s', (key, nearest) => {
    expect(nearestKey(key, ['enabled', 'queues', 'taskLimit'])).toBe(nearest);
  });

  it('is none when nothing is close', () => {
    expect(nearestKey('prometheus', ['enabled', 'queues', 'taskLimit'])).toBeUndefined();
  });

  it('counts a swap of neighbours as one step', () => {
    expect(editDistance('ab', 'ba')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
  });
});
