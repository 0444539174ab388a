import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOverlay, readOverlay } from '../../../src/values/read-overlay.ts';

const file = 'overlay.yaml';
const problemsOf = (text: string) => parseOverlay(text, file).problems;

describe('a values file that is no overlay', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'overlay-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const written = async (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };

  it('is missing', async () => {
    const path = join(folder, 'missing.yaml');
    const { problems, overlay } = await readOverlay(path);
    expect(problems).toEqual([
      expect.objectContaining({ file: path, code: 'unreadable', found: 'no such file' }),
    ]);
    expect(overlay).toBeUndefined();
  });

  it('is a directory', async () => {
    const { problems } = await readOverlay(folder);
    expect(problems).toEqual([expect.objectContaining({ code: 'unreadable', found: 'a directory' })]);
  });

  it('is binary', async () => {
    const { problems } = await readOverlay(
      await written('binary.yaml', new Uint8Array([0x1f, 0x8b, 0xff, 0xfe])),
    );
    expect(problems).toEqual([
      expect.objectContaining({ code: 'unreadable', found: 'bytes that are not UTF-8' }),
    ]);
  });

  it('has 5 MB', async () => {
    const path = await written('large.yaml', `a: "${'x'.repeat(5 * 1024 * 1024)}"\n`);
    expect((await readOverlay(path)).problems).toEqual([
      {
        code: 'too-large',
        file: path,
        message: expect.any(String),
        found: '5.0 MiB',
        allowed: 'at most 1 MiB',
      },
    ]);
  });

  it.each([
    ['nothing', ''],
    ['comments only', '# image:\n#   tag: v1\n'],
    ['an empty document', '---\n...\n'],
  ])('holds %s', (_, text) => {
    expect(problemsOf(text)).toEqual([expect.objectContaining({ file, code: 'empty' })]);
  });

  it.each([
    ['a list', '- a\n- b\n', 'a list'],
    ['a scalar', 'production\n', 'only "production"'],
    ['null', '~\n', 'only null'],
  ])('holds %s', (_, text, found) => {
    expect(problemsOf(text)).toEqual([expect.objectContaining({ code: 'not-a-map', found })]);
  });

  it('is not YAML', () => {
    expect(problemsOf('image:\n  tag: [v1\napi: {}\n')).toEqual([
      expect.objectContaining({ file, line: 3, code: 'yaml' }),
    ]);
  });

  it('is indented with a tab', () => {
    expect(problemsOf('image:\n\ttag: v1\n')).toContainEqual({
      code: 'tab',
      file,
      line: 2,
      column: 1,
      message: expect.any(String),
      remedy: expect.any(String),
    });
  });

  it('holds several documents, of which Helm versions take different ones', () => {
    expect(problemsOf('enabled: true\n---\nenabled: false\n')).toEqual([
      expect.objectContaining({
        line: 2,
        column: 1,
        code: 'several-documents',
      }),
    ]);
  });

  it('starts with a directive', () => {
    expect(problemsOf('%YAML 1.1\n---\nenabled: true\n')).toEqual([
      expect.objectContaining({ line: 1, code: 'directive', found: '%YAML 1.1' }),
    ]);
  });
});

describe('text that readers take differently', () => {
  it.each([
    ['yes', 'true, or "yes"'],
    ['0777', '511, or "0777"'],
    ['1_000', '1000, or "1_000"'],
    ['1e400', '"1e400"'],
    ['.inf', '".inf"'],
  ])('%s as a value', (scalar, remedy) => {
    expect(problemsOf(`app:\n  env:\n    LEVEL: ${scalar}\n`)).toEqual([
      {
        code: 'ambiguous-scalar',
        file,
        line: 3,
        column: 12,
        path: 'app.env.LEVEL',
        message: expect.stringContaining(scalar),
        found: scalar,
        remedy: expect.stringContaining(remedy),
      },
    ]);
  });

  it.each([
    ['y', 'true'],
    ['0x10', '16'],
    ['1.50', '1.5'],
  ])('%s as a key', (key, text) => {
    expect(problemsOf(`app:\n  ${key}: 1\n`)).toEqual([
      expect.objectContaining({
        line: 2,
        column: 3,
        path: 'app',
        code: 'ambiguous-key',
        message: expect.stringContaining(`"${text}"`),
      }),
    ]);
  });

  it('an explicit tag', () => {
    expect(problemsOf('a: !!int "3"\n')).toEqual([
      expect.objectContaining({
        line: 1,
        path: 'a',
        code: 'explicit-tag',
        found: '!!int',
      }),
    ]);
  });

  it.each(['"yes"', "'0777'", '12:30:45', '2020-01-01', '0o14', 'true', '|\n    yes'])(
    'not: %s',
    (scalar) => {
      expect(problemsOf(`a:\n  b: ${scalar}\n`)).toEqual([]);
    },
  );
});

describe('a duplicate key', () => {
  it('names both lines', () => {
    expect(problemsOf('image:\n  tag: v1\n  registry: r\n  tag: v2\n')).toEqual([
      expect.objectContaining({
        line: 4,
        column: 3,
        path: 'image.tag',
        code: 'duplicate-key',
        message: expect.stringContaining('line 2'),
      }),
    ]);
  });

  it('is found in the text that Helm makes of keys', () => {
    expect(problemsOf('a:\n  16: x\n  0x10: y\n')).toContainEqual(
      expect.objectContaining({ code: 'duplicate-key', path: 'a.16' }),
    );
  });

  it('is none where a merged map has the same key', () => {
    expect(problemsOf('a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n')).toEqual([]);
  });
});

describe('positions', () => {
  it('are those of keys and list items', () => {
    const { overlay } = parseOverlay('api:\n  command:\n    - python\n    - -m\n', file);
    expect(overlay?.locate(['api', 'command'])).toEqual({ position: { line: 2, column: 3 }, depth: 2 });
    expect(overlay?.locate(['api', 'command', '1'])).toEqual({ position: { line: 4, column: 7 }, depth: 3 });
  });

  it('fall back to the deepest key that the file has', () => {
    const { overlay } = parseOverlay('api: {port: 1}\n', file);
    expect(overlay?.locate(['api', 'scaling', 'replicas'])).toEqual({
      position: { line: 1, column: 1 },
      depth: 1,
    });
    expect(overlay?.locate(['app'])).toBeUndefined();
  });
});

it('aliases that grow without end are stopped', () => {
  const levels = Array.from(
    { length: 12 },
    (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}*l${n}]`,
  );
  expect(problemsOf(['l0: &l0 [x]', ...levels].join('\n'))).toContainEqual(
    expect.objectContaining({ code: 'aliases' }),
  );
});
