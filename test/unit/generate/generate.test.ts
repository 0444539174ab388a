import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { applyPatch } from 'diff';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type GeneratedFile, staleFiles, writeFiles } from '../../../src/generate/files.ts';
import { generatedFiles } from '../../../src/generate/generate.ts';
import { chartReadme } from '../../../src/generate/readme.ts';
import { overlaySchemaJson, valuesSchemaJson } from '../../../src/generate/schema-json.ts';
import { valuesTypes } from '../../../src/generate/types.ts';
import { valuesYaml } from '../../../src/generate/values-yaml.ts';
import { boolean, integer, map, object, ref, type Schema, string } from '../../../src/schema/kit.ts';
import { valuesSchema } from '../../../src/schema/values.ts';
import { showPath } from '../../../src/values/path.ts';
import { parseOverlay } from '../../../src/values/read-overlay.ts';
import { defaultValues, nodes } from '../../../src/values/schema-tree.ts';
import versions from '../../../versions.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../../..');

describe('the generated files of this repository', () => {
  let files: readonly GeneratedFile[];
  beforeAll(async () => {
    files = await generatedFiles(root, valuesSchema);
  });

  it('are fresh', async () => {
    expect(await staleFiles(root, files)).toEqual([]);
  });

  it('are the same when made twice', async () => {
    expect(await generatedFiles(root, valuesSchema)).toEqual(files);
  });

  it('each name in their first lines what they are generated from', () => {
    for (const { path, text } of files) {
      const head = text.split('\n').slice(0, 3).join('\n');
      expect(head, path).toMatch(/Generated from \S.* by `npm run generate`; do not edit\./);
    }
  });

  it('hold no path of this machine', () => {
    for (const { path, text } of files) expect(text.includes(root), path).toBe(false);
  });
});

it('Chart.yaml requires the oldest Kubernetes of versions.json', async () => {
  const chart = parse(await readFile(join(root, 'charts/audio-processor/Chart.yaml'), 'utf8')) as {
    kubeVersion: string;
  };
  // `-0` lets managed clusters in, whose versions carry a suffix.
  expect(chart.kubeVersion).toBe(`>=${versions.kubernetes.floor}-0`);
});

const schema: Schema = {
  ...object('Values.', {
    enabled: boolean('On.', true),
    server: object('The server.', {
      mode: string('How it runs.', 'fast', { enum: ['fast', 'safe'] }),
      timeout: ref('duration', 'Time to answer | or not.', '30s'),
      labels: map('Labels.', { type: 'string' }, { default: { yes: 'no' } }),
      hooks: map('Hooks.', object('A hook.', { size: integer('Size.', 1) })),
    }),
  }),
  $defs: {
    duration: { title: 'Duration', description: 'Like 30s.', type: 'string', pattern: '^[0-9]+s$' },
  },
};

describe('values.yaml', () => {
  it('holds every default under its description, in the order of the schema', () => {
    expect(
      valuesYaml(schema),
    ).toBe(`# Generated from src/schema/values.ts by \`npm run generate\`; do not edit.

# On.
enabled: true

# The server.
server:
  # How it runs.
  # One of: fast, safe.
  mode: "fast"
  # Time to answer | or not.
  timeout: "30s"
  # Labels.
  labels:
    "yes": "no"
  # Hooks.
  hooks: {}
`);
  });

  it('of the chart reads back as the defaults, by Helm’s rules, without a warning', () => {
    const { overlay, problems } = parseOverlay(valuesYaml(valuesSchema), 'values.yaml');
    expect(problems).toEqual([]);
    expect(overlay?.value).toEqual(defaultValues(valuesSchema));
  });
});

describe('values.schema.json', () => {
  it('is 2020-12 in one file', () => {
    const json = valuesSchemaJson(valuesSchema);
    const references = [...json.matchAll(/"\$ref": ?"([^"]*)"/g)].map(([, reference]) => reference);
    expect(JSON.parse(json)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) expect(reference).toMatch(/^#\/\$defs\//);
  });

  it('requires nothing in the form for editors, where a file is a part of the values', () => {
    expect(valuesSchemaJson(schema)).toContain('"required"');
    expect(overlaySchemaJson(schema)).not.toContain('"required"');
  });
});

describe('the types', () => {
  it('have what Helm fills in, and leave optional what an entry may leave out', async () => {
    const text = await valuesTypes({
      ...schema,
      $defs: {
        ...schema.$defs,
        pool: { type: 'object', additionalProperties: false, properties: { limit: { type: 'integer' } } },
      },
      properties: {
        ...schema.properties,
        pools: map('Pools.', ref('pool')),
      },
    });
    expect(text).toContain('timeout: Duration;');
    expect(text).toContain("mode: 'fast' | 'safe';");
    expect(text).toContain('[k: string]: Pool;');
    expect(text).toContain('limit?: number;');
  });
});

describe('the README of the chart', () => {
  const chart = { name: 'probe', kubernetes: '1.31.0' };

  it('has one row for every leaf of the values; the keys of pools are those of `workers.defaults`', async () => {
    const text = await readFile(join(root, 'charts/audio-processor/README.md'), 'utf8');
    const leaves = nodes(valuesSchema).filter(
      ({ path, schema: leaf }) => leaf.properties === undefined && path.at(-1) !== '*',
    );
    const isOfPool = (path: readonly string[]) => showPath(path).startsWith('workers.pools.');
    const rows = [...text.matchAll(/^\| `([\w.<>-]+)` \| \S.* \| .* \| .* \|$/gm)].map(([, path]) => path);
    const paths = leaves.filter(({ path }) => !isOfPool(path)).map(({ path }) => showPath(path));
    expect(paths.length).toBeGreaterThan(100);
    expect(rows.filter((row) => paths.includes(row ?? '')).toSorted()).toEqual(paths.toSorted());
    expect(rows.filter((row) => row?.startsWith('workers.pools.'))).toEqual([]);
  });

  it('keeps the columns where a description holds the column sign', () => {
    const template =
      '{{#each sections}}{{#each this.rows}}{{this.path}}: {{this.default}} {{this.description}}\n{{/each}}{{/each}}';
    expect(chartReadme(template, schema, chart, 'generated')).toContain(
      'server.timeout: `"30s"` Time to answer \\| or not.\n',
    );
  });

  it('refuses a template that names what does not exist', () => {
    expect(() => chartReadme('{{chart.nmae}}', schema, chart, 'generated')).toThrow(/"nmae" not defined/);
  });
});

describe('generated files on disk', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'generated-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are reported missing, then written once, then compared by line', async () => {
    const file = { path: 'deep/file.txt', text: 'one\ntwo\nthree\n' };
    expect(await staleFiles(folder, [file])).toEqual([{ path: file.path, diff: '(the file is missing)' }]);
    expect(await writeFiles(folder, [file])).toEqual([file.path]);
    expect(await writeFiles(folder, [file])).toEqual([]);
    const changed = { ...file, text: 'one\n2\nthree\n' };
    const [stale] = await staleFiles(folder, [changed]);
    expect(stale?.path).toBe(file.path);
    expect(applyPatch(file.text, stale?.diff ?? '')).toBe(changed.text);
    expect(stale?.diff.match(/^[-+][^-+].*$/gm)).toEqual(['-two', '+2']);
  });
});
