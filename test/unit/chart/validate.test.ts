import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateOverlays } from '../../../src/chart/validate.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validate-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes overlays and validates them in order. */
async function validate(...texts: readonly string[]) {
  const files = texts.map((_, index) => join(folder, `overlay-${index}.yaml`));
  await Promise.all(texts.map((text, index) => writeFile(files[index] ?? '', text)));
  return { files, problems: await validateOverlays(files) };
}

describe('a good overlay', () => {
  it('has no problem', async () => {
    const { problems } = await validate(
      'app:\n  s3:\n    bucket: features\nworkers: {pools: {cpu: {taskLimit: 30m}}}\n',
    );
    expect(problems).toEqual([]);
  });
});

describe('a bad overlay', () => {
  it.each([
    ['at the root', 'imge: {}\n', 1, 'imge', '`image`'],
    ['in a section', 'image:\n  tga: v1\n', 2, 'image.tga', '`image.tag`'],
    [
      'in a pool',
      'workers:\n  pools:\n    cpu:\n      taskLimt: 30m\n',
      4,
      'workers.pools.cpu.taskLimt',
      '`workers.pools.cpu.taskLimit`',
    ],
    [
      'in a probe of a pool',
      'workers:\n  pools:\n    cpu:\n      probes:\n        liveness:\n          maxage: 1m\n',
      6,
      'workers.pools.cpu.probes.liveness.maxage',
      '`workers.pools.cpu.probes.liveness.maxAge`',
    ],
  ])('with an unknown key %s', async (_, text, line, path, remedy) => {
    const { files, problems } = await validate(text);
    expect(problems).toEqual([
      expect.objectContaining({
        file: files[0],
        line,
        path,
        code: 'additionalProperties',
        remedy: expect.stringContaining(remedy),
      }),
    ]);
  });

  it('with a wrong type', async () => {
    const { files, problems } = await validate('workers:\n  pools:\n    cpu:\n      concurrency: "4"\n');
    expect(problems).toEqual([
      {
        code: 'type',
        file: files[0],
        line: 4,
        column: 7,
        path: 'workers.pools.cpu.concurrency',
        message: expect.any(String),
        found: '"4"',
        allowed: 'whole number',
      },
    ]);
  });

  it('with a list in place of a map', async () => {
    const { problems } = await validate('workers:\n  pools:\n    - name: cpu\n');
    expect(problems).toEqual([
      expect.objectContaining({
        line: 2,
        path: 'workers.pools',
        code: 'type',
        allowed: 'map',
      }),
    ]);
  });

  it('with a value that is not allowed', async () => {
    const { problems } = await validate('app: {logLevel: LOUD}\n');
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'app.logLevel',
        code: 'enum',
        allowed: '"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"',
      }),
    ]);
  });

  it('with a number out of range', async () => {
    const { problems } = await validate('workers: {pools: {cpu: {concurrency: 0}}}\n');
    expect(problems).toEqual([expect.objectContaining({ code: 'minimum', found: '0', allowed: '>= 1' })]);
  });

  it.each(['90 minutes', '1h 30m', '30', '30m1h', ''])(
    'with the malformed duration "%s"',
    async (duration) => {
      const { problems } = await validate(`workers: {pools: {cpu: {taskLimit: "${duration}"}}}\n`);
      expect(problems).toEqual([
        expect.objectContaining({
          path: 'workers.pools.cpu.taskLimit',
          code: duration === '' ? 'minLength' : 'pattern',
          found: JSON.stringify(duration),
          allowed: expect.stringContaining('1h30m'),
        }),
      ]);
    },
  );

  it.each(['1GB', '2 Gi', '-1Gi', '1gi'])('with the malformed quantity "%s"', async (quantity) => {
    const { problems } = await validate(`broker: {persistence: {size: "${quantity}"}}\n`);
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'broker.persistence.size',
        code: 'pattern',
        found: JSON.stringify(quantity),
        allowed: expect.stringContaining('500m, 2Gi'),
      }),
    ]);
  });

  it('with a name that a pool cannot have', async () => {
    const { problems } = await validate('workers:\n  pools:\n    GPU_1: {queues: {gpu: {}}}\n');
    expect(problems).toEqual([
      expect.objectContaining({
        line: 3,
        path: 'workers.pools.GPU_1',
        code: 'propertyNames',
      }),
    ]);
  });

  it('with a pool that has no queue, which only the templates see', async () => {
    const { files, problems } = await validate('workers:\n  pools:\n    batch: {queues: {}}\n');
    expect(problems).toEqual([
      {
        code: 'rule',
        file: files[0],
        line: 3,
        column: 13,
        path: 'workers.pools.batch.queues',
        message: expect.stringMatching(/[^.]$/),
        remedy: expect.stringContaining('workers.pools.batch.queues.<queue>: {}'),
      },
    ]);
  });

  it('with a rule broken at a key that contains dots', async () => {
    const { problems } = await validate('routing:\n  trustedProxies:\n    192.0.2.1/24: {}\n');
    expect(problems).toEqual([
      expect.objectContaining({ line: 3, column: 5, path: 'routing.trustedProxies["192.0.2.1/24"]' }),
    ]);
  });

  it('with two rules broken at once, each at its place', async () => {
    const { problems } = await validate(
      'workers:\n  pools:\n    batch: {queues: {}}\n    cpu:\n      visibilityTimeout: 1m\n',
    );
    expect(problems.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '3 workers.pools.batch.queues',
      '5 workers.pools.cpu.visibilityTimeout',
    ]);
  });

  it('with a null that deletes what the chart needs', async () => {
    const { problems } = await validate('api:\n  scaling: null\n');
    expect(problems).toEqual([
      expect.objectContaining({
        line: 2,
        path: 'api.scaling',
        code: 'null',
      }),
    ]);
  });

  it('reports every problem once, in the order of the file', async () => {
    const { problems } = await validate(
      'image: {tga: 1}\napp:\n  logLevel: LOUD\napi:\n  prot: 1\n  port: yes\n',
    );
    expect(problems.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '1 image.tga',
      '3 app.logLevel',
      '5 api.prot',
      '6 api.port',
      '6 api.port',
    ]);
  });
});

describe('several overlays', () => {
  it('are distinguished: the file that set the value is named', async () => {
    const { files, problems } = await validate(
      'workers: {pools: {cpu: {concurrency: 0}}}\n',
      '# later\nworkers: {pools: {cpu: {concurrency: -1}}}\n',
    );
    expect(problems).toEqual([expect.objectContaining({ file: files[1], line: 2, found: '-1' })]);
  });

  it('warn where a later one repeats an earlier one', async () => {
    const { files, problems } = await validate('image: {tag: v1}\n', 'image: {tag: v1}\n');
    expect(problems).toEqual([
      expect.objectContaining({ severity: 'warning', file: files[1], path: 'image.tag' }),
    ]);
  });

  it('report no values while one of them cannot be read', async () => {
    const { files, problems } = await validate('imge: {}\n', '');
    expect(problems).toEqual([expect.objectContaining({ file: files[1], code: 'empty' })]);
  });
});

it('refuses a Kubernetes that is too old, with both versions', async () => {
  const file = join(folder, 'good.yaml');
  await writeFile(file, 'image: {tag: v1}\n');
  expect(await validateOverlays([file], { kubeVersion: '1.30.0' })).toEqual([
    expect.objectContaining({
      code: 'helm-kubernetes-version',
      message: expect.stringMatching(/1\.31\.0.*1\.30\.0/),
    }),
  ]);
});
