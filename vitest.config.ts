import { defineConfig } from 'vitest/config';
import { helmMatrix } from './checks/matrix.ts';

const renderer = 'test/support/renderer.setup.ts';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One less than the cores is the default, and leaves one idle while a test waits for a program.
    maxWorkers: 2,
    // Modules are loaded once a worker and not once a file: `npm test` takes 76 s instead of 105 s on two idle cores. No file
    // relies on what another has left: each passes alone.
    isolate: false,
    projects: [
      ...['unit', 'render', 'programs', 'long'].map((name) => ({
        extends: true as const,
        test: { name, globalSetup: [renderer], include: [`test/${name}/**/*.test.ts`] },
      })),
      {
        extends: true,
        test: {
          // What `npm test` runs under the pinned Helm, under every Helm of the matrix.
          name: 'helms',
          globalSetup: [renderer],
          env: { AUDIO_PROCESSOR_TEST_HELMS: helmMatrix.join(',') },
          include: [
            'test/render/pools.inheritance.test.ts',
            'test/unit/release/pack.test.ts',
            'test/unit/tools/catalog.test.ts',
            'test/unit/values/{merge,validators-agree}.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'rules',
          globalSetup: [renderer],
          include: ['test/rules/**/*.test.ts'],
          // promtool evaluates all cases: seven seconds of CPU.
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      ...['server', 'lifecycle'].map((name) => ({
        extends: true as const,
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          globalSetup: [renderer, 'test/server/control-plane.setup.ts'],
        },
      })),
      {
        extends: true,
        test: {
          name: 'cluster',
          // Commands run here as a user runs them: with Helm's binary. `nobody` cannot open the renderer's socket.
          env: { AUDIO_PROCESSOR_RENDERER: '' },
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
