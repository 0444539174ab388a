import { beforeAll, describe, expect, test } from 'vitest';
import { readBrokenRules } from '../../src/chart/broken-rules.ts';
import { HelmError, renderText } from '../../src/chart/helm.ts';
import type { Json } from '../../src/schema/kit.ts';
import { valuesSchema } from '../../src/schema/values.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { ANY_KEY, nodes } from '../../src/values/schema-tree.ts';
import { overlay } from './support.ts';

/** What the rules of all workloads refuse in every section that has the key: a value of it, and the path of the problem below it. */
const kinds = [
  {
    key: 'resources',
    broken: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } },
    problem: 'requests.memory',
    some: ['api', 'broker', 'models.prefetch', 'workers.pools.cpu.metrics', 'grafana'],
  },
  {
    key: 'env',
    broken: { S3_SECRET_KEY: 'do-not-print' },
    problem: 'S3_SECRET_KEY',
    some: ['app', 'flower', 'models.prefetch', 'workers.pools.cpu', 'workers.profiles.nvidia'],
  },
  {
    key: 'probes',
    broken: { liveness: { period: '0s' } },
    problem: 'liveness.period',
    some: ['api', 'beat', 'flower', 'workers.pools.cpu'],
  },
] as const;

describe.each(kinds)('the rules of all workloads read $key', ({ key, broken, problem, some }) => {
  const paths = sectionsWith(key);
  let refused: readonly string[] = [];
  beforeAll(async () => {
    const values = mergeValues(
      {},
      paths.map((path) => nested([...path.split('.'), key], broken)),
    );
    refused = await refusedPaths(values);
  });

  test.each(paths)('of %s', (path) => {
    expect(
      refused,
      `${path} is missing in $.ctx.workloadValues: add it to templates/_shared/_workload-values.tpl`,
    ).toContain(`${path}.${key}.${problem}`);
  });

  test('and the schema has such sections', () => {
    expect(paths).toEqual(expect.arrayContaining([...some]));
  });
});

/** Sections of the schema that have the key; below `workers.defaults` and for other keys of a profile the pool inherits it. */
function sectionsWith(key: string): readonly string[] {
  const found = nodes(valuesSchema)
    .map(({ path }) => path)
    .filter((path) => path.at(-1) === key && !path.slice(0, -1).includes(key))
    .map((path) =>
      path.map((name, index) => (name === ANY_KEY ? entries[path[index - 1] ?? ''] : name) ?? name),
    )
    .map((path) => path.slice(0, -1).join('.'));
  return found.filter(
    (path) =>
      !path.startsWith('workers.defaults') && (key === 'env' || !path.startsWith('workers.profiles.')),
  );
}

/** The entry that represents any of its map. */
const entries: Readonly<Record<string, string>> = { pools: 'cpu', profiles: 'nvidia' };

function nested(path: readonly string[], value: Json): ValueMap {
  return path.reduceRight<Json>((below, name) => ({ [name]: below }), value) as ValueMap;
}

/** Paths of the problems that Helm reports with everything enabled. */
async function refusedPaths(values: ValueMap): Promise<readonly string[]> {
  try {
    await renderText({ valuesFiles: [overlay('all-features'), overlay('monitoring')], values });
    return [];
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    const problems = readBrokenRules(error.detail);
    if (problems.length === 0) throw error;
    return problems.map(({ path }) => path);
  }
}
