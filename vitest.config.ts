import { defineConfig } from 'vitest/config';

/**
 * Helm, kubectl and kubeconform live for a tenth of a second, and a quarter of that is garbage collection. Nothing
 * that stays may get this: the control plane of `server` is started outside the workers, a lab node inside them.
 */
const shortLivedPrograms = { GOGC: 'off' };

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    globalSetup: ['test/support/renderer.setup.ts'],
    // One less than the cores is the default, and leaves one idle while a test waits for a program.
    maxWorkers: 2,
    // The files of a worker share what they load, what was rendered and what ajv has made of the schema.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'unit', env: shortLivedPrograms, include: ['test/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'render',
          env: shortLivedPrograms,
          include: ['test/render/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'rules',
          // promtool lives for seconds: without any collection it fills 3 GB, and half of its time is spent in the kernel.
          env: { GOGC: '200' },
          include: ['test/rules/**/*.test.ts'],
          // One call of promtool evaluates all cases: seven seconds of CPU.
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      ...['server', 'lifecycle'].map((name) => ({
        extends: true as const,
        test: {
          name,
          env: { GOGC: '400' },
          include: [`test/${name}/**/*.test.ts`],
          globalSetup: ['test/server/control-plane.setup.ts'],
        },
      })),
      {
        extends: true,
        test: {
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          globalSetup: ['test/cluster/lab.setup.ts'],
          fileParallelism: false,
          isolate: true,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
