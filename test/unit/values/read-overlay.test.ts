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
      expect.objectContaining({ file: path, message: 'the file cannot be read', found: 'no such file' }),
    ]);
    expect(overlay).toBeUndefined();
  });

  it('is a directory', async () => {
    const { problems } = await readOverlay(folder);
    expect(problems).toEqual([
      expect.objectContaining({ message: 'the file cannot be read', found: 'a directory' }),
    ]);
  });

  it('is binary', async () => {
    const { problems } = await readOverlay(
      await written('binary.yaml', new Uint8Array([0x1f, 0x8b, 0xff, 0xfe])),
    );
    expect(problems).toEqual([expect.objectContaining({ found: 'bytes that are not UTF-8' })]);
  });

  it('has 5 MB', async () => {
    const path = await written('large.yaml', `a: "${'x'.repeat(5 * 1024 * 1024)}"\n`);
    expect((await readOverlay(path)).problems).toEqual([
      {
        file: path,
        message: 'the file is too large for a values file',
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
    expect(problemsOf(text)).toEqual([expect.objectContaining({ file, message: 'the file is empty' })]);
  });

  it.each([
    ['a list', '- a\n- b\n', 'a list'],
    ['a scalar', 'production\n', 'only "production"'],
    ['null', '~\n', 'only null'],
  ])('holds %s', (_, text, found) => {
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({ message: 'the file holds no map of values', found }),
    ]);
  });

  it('is not YAML', () => {
    expect(problemsOf('image:\n  tag: [v1\napi: {}\n')).toEqual([
      expect.objectContaining({ file, line: 3, message: expect.stringMatching(/^not YAML: /) }),
    ]);
  });

  it('is indented with a tab', () => {
    expect(problemsOf('image:\n\ttag: v1\n')).toContainEqual({
      file,
      line: 2,
      column: 1,
      message: 'a tab in the indentation',
      remedy: 'indent with spaces',
    });
  });

  it('holds several documents, of which Helm versions take different ones', () => {
    expect(problemsOf('enabled: true\n---\nenabled: false\n')).toEqual([
      expect.objectContaining({
        line: 2,
        column: 1,
        message: expect.stringContaining('several YAML documents'),
      }),
    ]);
  });

  it('starts with a directive', () => {
    expect(problemsOf('%YAML 1.1\n---\nenabled: true\n')).toEqual([
      expect.objectContaining({ line: 1, message: 'Helm does not read YAML directives', found: '%YAML 1.1' }),
    ]);
  });
});

describe('text that readers take differently', () => {
  it.each([
    ['yes', 'Helm reads `yes` as true, YAML 1.2 as the text "yes"', 'write true, or "yes" for text'],
    ['0777', 'Helm reads `0777` as 511, YAML 1.2 as 777', 'write 511, or "0777" for text'],
    ['1_000', 'Helm reads `1_000` as 1000, YAML 1.2 as the text "1_000"', 'write 1000, or "1_000" for text'],
    ['1e400', 'Helm reads `1e400` as the text "1e400", YAML 1.2 as Infinity', 'write "1e400" for text'],
    ['.inf', 'Helm refuses `.inf`: JSON has no such number', 'write ".inf" for text'],
  ])('%s as a value', (scalar, message, remedy) => {
    expect(problemsOf(`app:\n  env:\n    LEVEL: ${scalar}\n`)).toEqual([
      { file, line: 3, column: 12, path: 'app.env.LEVEL', message, found: scalar, remedy },
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
        message: `Helm reads the key \`${key}\` as "${text}"`,
      }),
    ]);
  });

  it('an explicit tag', () => {
    expect(problemsOf('a: !!int "3"\n')).toEqual([
      expect.objectContaining({
        line: 1,
        path: 'a',
        message: 'readers differ on explicit tags',
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
        message: 'duplicate key `tag`: it already stands on line 2, and Helm silently keeps only the last',
      }),
    ]);
  });

  it('is found in the text that Helm makes of keys', () => {
    const messages = problemsOf('a:\n  16: x\n  0x10: y\n').map(({ message }) => message);
    expect(messages).toContainEqual(expect.stringContaining('duplicate key `16`'));
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
    expect.objectContaining({ message: 'aliases expand to more than 100000 values' }),
  );
});
