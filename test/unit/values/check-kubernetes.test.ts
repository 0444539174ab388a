import { beforeAll, describe, expect, it } from 'vitest';
import { valuesSchema } from '../../../src/schema/values.ts';
import { compileKubernetesChecker, kubernetesDefinitions } from '../../../src/values/check-kubernetes.ts';
import type { Checker } from '../../../src/values/check-merged.ts';
import { mergeValues, type ValueMap } from '../../../src/values/merge.ts';
import { defaultValues, nodes } from '../../../src/values/schema-tree.ts';

let check: Checker;
let minor: string;
beforeAll(async () => {
  const definitions = await kubernetesDefinitions();
  minor = definitions.minor;
  check = compileKubernetesChecker(valuesSchema, definitions);
});

const problems = (overlay: ValueMap) =>
  check(mergeValues(defaultValues(valuesSchema), [overlay])).map(({ keys: _keys, ...problem }) => problem);

describe('what the values hand to Kubernetes', () => {
  it('is accepted as the defaults have it', () => {
    expect(problems({})).toEqual([]);
  });

  it('is of a type that the vendored definitions have, at every path', async () => {
    const { schema } = await kubernetesDefinitions();
    const types = nodes(valuesSchema).flatMap(({ schema: { 'x-kubernetes-type': type } }) => type ?? []);
    expect(types.length).toBeGreaterThan(0);
    for (const type of types) expect(schema).toHaveProperty(['definitions', type]);
  });

  it('may not have a misspelt field', () => {
    expect(problems({ security: { podSecurityContext: { runAsNonRot: true } } })).toEqual([
      expect.objectContaining({
        path: 'security.podSecurityContext.runAsNonRot',
        code: 'additionalProperties',
        message: expect.stringContaining(minor),
        remedy: expect.stringContaining('`security.podSecurityContext.runAsNonRoot`'),
      }),
    ]);
  });

  it('may not have a wrong type deep inside', () => {
    const preferredDuringSchedulingIgnoredDuringExecution = [{ weight: 'high', preference: {} }];
    const affinity = { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution } };
    expect(problems({ api: { scheduling: { affinity } } })).toEqual([
      expect.objectContaining({
        path: 'api.scheduling.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.weight',
        code: 'type',
        found: '"high"',
        allowed: 'whole number',
      }),
    ]);
  });

  it('may be a part that inherits the rest, and remove what it inherits, in a map', () => {
    const topologySpreadConstraints = { hostname: { maxSkew: 2, whenUnsatisfiable: null } };
    expect(problems({ workers: { pools: { cpu: { scheduling: { topologySpreadConstraints } } } } })).toEqual(
      [],
    );
  });

  it('is checked in a map as well', () => {
    const tolerations = { gpu: { key: 'gpu', effect: 'NoScedule' } };
    expect(problems({ workers: { pools: { cpu: { scheduling: { tolerations } } } } })).toEqual([
      expect.objectContaining({
        path: 'workers.pools.cpu.scheduling.tolerations.gpu.effect',
        found: '"NoScedule"',
      }),
    ]);
  });
});
