import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CommandError, run } from '../../src/process/run.ts';
import { cases, envOf, notes, overlay, render } from './support.ts';

describe.each(cases())('beat of $title', ({ options }) => {
  test('runs at most once: one replica, never two generations together, no autoscaler, no budget', async () => {
    const { objects, workloads } = await render(options);
    const [beat, ...more] = workloads.filter(
      ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'beat',
    );
    expect(more).toEqual([]);
    expect(beat?.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    const others = objects.filter(
      ({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'beat',
    );
    expect(others.map(({ kind }) => kind)).toEqual(['Deployment']);
  });
});

describe('beat', () => {
  test('gives Celery the application, a schedule in a writable place and no pidfile', async () => {
    const { container } = await render({ values: { app: { celeryApp: 'other.app' } } });
    expect(container('audio-beat').command).toEqual([
      ...['celery', '-A', 'other.app', 'beat'],
      ...['--schedule', '/work/celerybeat-schedule', '--pidfile=', '--max-interval=60', '--loglevel=info'],
    ]);
    expect(container('audio-beat').volumeMounts).toContainEqual({ name: 'work', mountPath: '/work' });
  });

  test('accepts another command, image and environment, and can be left out', async () => {
    const beat = { command: ['beat'], image: { tag: 'v2' }, env: { LOG_LEVEL: 'ERROR' } };
    const { container } = await render({ values: { app: { env: { LOG_LEVEL: 'INFO' } }, beat } });
    expect(container('audio-beat')).toMatchObject({ command: ['beat'], image: 'audio-processor:v2' });
    expect(envOf(container('audio-beat')).LOG_LEVEL).toBe('ERROR');
    const { workloads } = await render({ values: { beat: { enabled: false } } });
    expect(workloads.map(({ metadata }) => metadata.name)).not.toContain('audio-beat');
  });

  test('has the broker and the longest visibility timeout, no pool, no GPU and no token of MasterML', async () => {
    const { container } = await render({ valuesFiles: [overlay('all-features')] });
    const env = envOf(container('audio-beat'));
    const worker = envOf(container('audio-gpu-worker'));
    expect(env).toMatchObject({
      CELERY_BROKER_URL: worker.CELERY_BROKER_URL,
      AUDIO_PROCESSOR_VISIBILITY_TIMEOUT: '10800',
      NVIDIA_VISIBLE_DEVICES: 'void',
    });
    expect(env).not.toHaveProperty('AUDIO_PROCESSOR_POOL');
    expect(env).not.toHaveProperty('MASTERML_TOKEN');
  });

  test('is given the time to pull, to start and to let the old one go', async () => {
    const { workload } = await render({
      values: {
        image: { pullBudget: '4m' },
        beat: { probes: { startup: { period: '10s', failures: 30 } }, grace: '20s' },
      },
    });
    expect(workload('audio-beat').spec.progressDeadlineSeconds).toBe(240 + 300 + 20);
  });

  describe('lives', () => {
    /** Exit code of the liveness probe over files of these ages in seconds. */
    const probe = async (files: Readonly<Record<string, number>>) => {
      const folder = await mkdtemp(join(tmpdir(), 'beat-'));
      try {
        await mkdir(join(folder, 'health'));
        const at = (age: number) => Date.now() / 1000 - age;
        for (const [name, age] of Object.entries(files)) {
          await writeFile(join(folder, 'health', name), '');
          await utimes(join(folder, 'health', name), at(age), at(age));
        }
        const probe = (await render()).container('audio-beat').livenessProbe;
        const [shell = '', flag = '', script = ''] = probe.exec?.command ?? [];
        expect(script).toContain(' /health/');
        return await run(shell, [flag, script.replace('/health/', `${folder}/health/`)], {
          timeoutMs: 10_000,
        }).then(
          () => 0,
          (error: CommandError) => error.exitCode,
        );
      } finally {
        await rm(folder, { recursive: true });
      }
    };

    test.each<[string, Readonly<Record<string, number>>, number]>([
      ['with a heartbeat of now', { heartbeat: 0 }, 0],
      ['with one just young enough', { heartbeat: 290 }, 0],
      ['not with one too old', { heartbeat: 310 }, 1],
      ['not by another file', { ready: 0, heartbeat: 310 }, 1],
    ])('%s', async (_title, files, exitCode) => {
      expect(await probe(files)).toBe(exitCode);
    });
  });

  test('warns in NOTES when nothing consumes what it sends', async () => {
    const warning = 'no pool consumes it';
    const alone = { workers: { pools: { cpu: { queues: { system_queue: null } } } } };
    expect(await notes({})).not.toContain(warning);
    expect(await notes({ values: alone })).toContain(warning);
    expect(await notes({ values: { ...alone, beat: { enabled: false } } })).not.toContain(warning);
  });
});
