import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { checkValues } from '../../../src/chart/validate.ts';
import { formatProblem, type Problem } from '../../../src/report/problem.ts';
import { boolean, integer, map, object, ref, type Schema, string } from '../../../src/schema/kit.ts';
import { valuesSchema } from '../../../src/schema/values.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import { kubernetesDefinitions } from '../../../src/values/check-kubernetes.ts';
import { metaCheck } from '../../../src/values/meta-check.ts';
import { LARGEST_OVERLAY_BYTES, parseOverlay, readOverlay } from '../../../src/values/read-overlay.ts';

/** Values files with one mistake each. */
const overlays = [
  'imge: {}\n',
  'workers: {pools: {batch: {preStopSleep: 1s}}}\n',
  'workers: {pools: {cpu: {queues: {celery: {priority: 1}}}}}\n',
  'global: {monitoring: {plainRelease: second}}\n',
  'app: {logFormat: json}\n',
  'api: {scaling: null}\n',
  'workers: {pools: {batch: {taskLimit: null}}}\n',
  'workers: {pools: {cpu: {concurrency: "4"}}}\n',
  'workers: {pools: {cpu: {concurrency: 0}}}\n',
  'delivery: {maxRedeliveries: 3000000000}\n',
  'app: {logLevel: LOUD}\n',
  'workers: {pools: {cpu: {taskLimit: 90 minutes}}}\n',
  'workers: {pools: {cpu: {taskLimit: ""}}}\n',
  'broker: {persistence: {size: 1GB}}\n',
  'app: {s3: {region: ""}}\n',
  `secrets: {revision: ${'x'.repeat(254)}}\n`,
  'image: {registry: "no registry"}\n',
  'workers: {pools: {GPU_1: {queues: {gpu: {}}}}}\n',
  'security: {podSecurityContext: {runAsNonRot: true}}\n',
  'api: {scheduling: {affinity: {nodeAffinity: []}}}\n',
  'app: {env: {LEVEL: yes}}\n',
  'app: {env: {LEVEL: .inf}}\n',
  'app: {env: {0x10: a}}\n',
  'app: {env: {~: a}}\n',
  'app: {env: {[a]: b}}\n',
  'app: {env: {LEVEL: !!int "3"}}\n',
  'image: {tag: v1, registry: r, tag: v2}\n',
  'image: {<<: v1}\n',
  'image: [v1\n',
  'image:\n\ttag: v1\n',
  '%YAML 1.1\n---\nenabled: true\n',
  'enabled: true\n---\nenabled: false\n',
  '# nothing\n',
  '- a\n',
  `app: {env: {A: &a [${'x, '.repeat(99)}x]}}\nb: &b [${'*a, '.repeat(99)}*a]\nc: [${'*b, '.repeat(99)}*b]\n`,
];

/** Schemas with one mistake each, as a section of the values. */
const sections: readonly Schema[] = [
  { type: 'object', description: 'Open.', default: {} },
  { description: 'Untyped `field`.', default: 1 },
  { type: 'array', description: 'List `field`.', default: [] },
  object('Section.', { size: integer('', 1) }),
  object('Section.', { size: integer('How large it is.', 1) }),
  object('', { size: integer('The `size`.', 1) }),
  object('Section.', { size: { type: 'integer', description: 'The `size`.' } }),
  object('Section.', { 'max-size': integer('The `size`.', 1) }),
  map('Map.', object('Entry.', { size: integer('The `size`.', 1) })),
  object('Section.', { size: { type: ['integer', 'null'], description: 'The `size`.', default: 1 } }),
  { ...string('The `text`.', ''), default: null as never },
  { ...string('The `text`.', ''), format: 'uri' } as Schema,
  string('The `text`.', 'a', { pattern: 'a' }),
  string('The `text`.', 'a', { pattern: '^(?=a)a$' }),
  string('The `text`.', 'aa', { pattern: '^(a)\\1$' }),
  integer('The `size`.', 0, { minimum: 1 }),
  string('The `text`.', 'a', { pattern: '^a$', examples: ['b'] }),
  { ...ref('size', 'The `size`.', 1), enum: [1] },
];

function withSection(section: Schema): Schema {
  const global: Schema = { type: 'object', description: 'Any `global`.', default: {} };
  const root = object('Values.', { global, enabled: boolean('The `condition`.', true), section });
  return { ...root, $defs: { size: { type: 'integer' } } };
}

const inheriting = object('Section.', {
  defaults: object('Defaults.', { size: integer('The `size`.', 1) }),
  pools: map('Pools.', {
    type: 'object',
    additionalProperties: false,
    properties: { extra: { type: 'integer', description: 'The `extra`.' } },
  }),
});

async function allProblems(): Promise<readonly Problem[]> {
  const kubernetes = await kubernetesDefinitions();
  const folder = await mkdtemp(join(tmpdir(), 'messages-'));
  const large = join(folder, 'large.yaml');
  await writeFile(large, 'x'.repeat(LARGEST_OVERLAY_BYTES + 1));
  const read = await Promise.all([readOverlay(join(folder, 'missing.yaml')), readOverlay(large)]);
  await rm(folder, { recursive: true });
  const ofFiles = read
    .flatMap(({ problems }) => problems)
    .map((problem) => ({ ...problem, file: basename(problem.file ?? '') }));
  const ofOverlays = overlays.flatMap((text) => {
    const { overlay, problems } = parseOverlay(text, 'overlay.yaml');
    if (overlay === undefined || problems.length > 0) return problems;
    return checkValues([overlay], valuesSchema, kubernetes);
  });
  const ofSchemas = [
    ...metaCheck({ type: 'object', properties: {} }, []),
    ...sections.flatMap((section) => metaCheck(withSection(section), [])),
    ...metaCheck(withSection(inheriting), [{ from: ['section', 'defaults'], by: ['section', 'pools'] }]),
  ];
  return [...ofFiles, ...ofOverlays, ...ofSchemas];
}

it('every message of the checks of values and schema, in one file', async () => {
  const problems = await allProblems();
  const texts = problems.map((problem) => `[${problem.code}] ${formatProblem(problem)}`);
  await expect(`${[...new Set(texts)].join('\n')}\n`).toMatchFileSnapshot('messages.txt');
  const folder = join(repositoryRoot, 'src/values');
  const sources = await Promise.all(
    (await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')),
  );
  const codes = [...sources.join('\n').matchAll(/(?:code: |problem\(\s*[\w.[\]']+,\s*|at\()'([\w-]+)'/g)].map(
    ([, code]) => code,
  );
  expect(codes.length).toBeGreaterThan(30);
  expect([...new Set(codes)].filter((code) => !problems.some((problem) => problem.code === code))).toEqual(
    [],
  );
});
