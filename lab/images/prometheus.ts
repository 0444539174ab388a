import { appendFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/process/run.ts';
import { cached, hashOf } from '../../src/tools/cache.ts';
import { goModuleDirectory } from '../../src/tools/go-module.ts';
import { type Progress, stoppedBy } from '../../src/tools/progress.ts';
import versions from '../../versions.json' with { type: 'json' };
import type { ImageRecipe } from './image.ts';
import { staticImage } from './static.ts';
import { rootOwner, treeEntries } from './tree.ts';

/** Where the program finds its pages, below the working directory, when they are not built into it. */
const pages = 'web/ui/static';
const workdir = 'usr/share/prometheus';
const pnpm = ['exec', '--yes', '--package=pnpm@10', '--'];

/** The newest that a registry has had for some time; the lock file of the sources names newer ones. */
const overrides = ['code-highlight', 'core', 'dates', 'hooks', 'notifications']
  .map((name) => `  '@mantine/${name}': 9.6.2\n`)
  .join('');

/** Prometheus with its pages, which its module does not carry: there they are sources. */
export async function prometheusImage(name: string, progress: Progress): Promise<ImageRecipe> {
  const program = await staticImage(
    'prometheus',
    {
      name,
      place: 'bin/prometheus',
      beside: 'promtool',
      config: { user: '65534:65534', ports: [9090], workdir: `/${workdir}` },
    },
    progress,
  );
  const version = moduleVersion();
  const key = hashOf(version, overrides);
  return {
    ...program,
    layers: [
      ...program.layers,
      {
        name: 'prometheus-pages',
        key,
        entries: async () =>
          treeEntries(await prometheusPages(version, key, progress), {
            at: `${workdir}/${pages}`,
            owner: rootOwner,
          }),
      },
    ],
  };
}

/** Prometheus 3.16.0 is the module's version 0.316.0. */
function moduleVersion(): string {
  const [major = '', minor = '', patch = ''] = `${versions.tools.prometheus}`.split('.');
  return `0.${major}${minor.padStart(2, '0')}.${patch}`;
}

/** Folder with the built pages, in the cache. Building takes about two minutes, most of it fetching packages. */
async function prometheusPages(version: string, key: string, progress: Progress): Promise<string> {
  return cached(
    'pages',
    `prometheus-${key}`,
    async (draft) => {
      progress.note('building the pages of Prometheus, about 2 min');
      const work = join(draft, 'ui');
      const source = await goModuleDirectory('github.com/prometheus/prometheus', version);
      // Go's module cache is read-only, and so would be a plain copy of it.
      await run('cp', ['--recursive', '--no-preserve=mode', join(source, 'web/ui'), work], {
        timeoutMs: 60_000,
      });
      await appendFile(join(work, 'pnpm-workspace.yaml'), `\noverrides:\n${overrides}`);
      const options = { cwd: work, timeoutMs: 15 * 60 * 1000, ...stoppedBy(progress) };
      await run(
        'npm',
        [...pnpm, 'pnpm', 'install', '--no-frozen-lockfile', '--ignore-scripts', '--reporter=append-only'],
        options,
      );
      for (const part of ['--build-module', '--mantine-ui']) {
        await run('npm', [...pnpm, 'bash', 'build_ui.sh', part], options);
      }
      await rename(join(work, 'static/mantine-ui'), join(draft, 'mantine-ui'));
      await rm(work, { recursive: true });
    },
    progress,
  );
}
