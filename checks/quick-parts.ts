import type { Part } from './runner/part.ts';
import { runVitest } from './runner/vitest.ts';
import { staticParts } from './static-parts.ts';

const quick = ['types', 'biome', 'prose', 'generated'];

/** `npm run check`: what can be wrong with a change after a minute of work. */
export const quickParts: readonly Part[] = [
  {
    name: 'invariants',
    title: 'invariants of every environment and overlay, and the rules of all workloads',
    programs: ['render'],
    run: ({ signal }) =>
      runVitest('render', {
        signal,
        filter: ['test/render/invariants.test.ts', 'test/render/workloads.test.ts'],
        timeoutMs: 5 * 60_000,
      }),
  },
  {
    name: 'sizes',
    title: 'lines of templates and modules',
    programs: [],
    run: ({ signal }) =>
      runVitest('unit', { signal, filter: ['test/unit/repository/size.test.ts'], timeoutMs: 60_000 }),
  },
  ...staticParts.filter(({ name }) => quick.includes(name)),
];
