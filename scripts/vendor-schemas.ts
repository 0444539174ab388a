import { join } from 'node:path';
import { Command } from 'commander';
import { startPinnedControlPlane } from '../checks/control-plane/pinned.ts';
import { filesOfOperators, filesOfPackage, filesOfServer } from '../checks/kubernetes-schemas/expected.ts';
import { staleFiles, writeSchemas } from '../checks/kubernetes-schemas/vendor.ts';
import { optionsOf } from '../cli/options.ts';
import { Steps } from '../src/report/steps.ts';
import { repositoryRoot } from '../src/tools/versions.ts';

/** `npm run schemas [-- --check]`: writes the JSON schemas under `schemas/`, or exits 1 when one is stale. */
async function main(): Promise<number> {
  const { check } = optionsOf<{ check?: boolean }>(
    new Command('npm run schemas --')
      .description('Writes the JSON schemas of Kubernetes kinds below schemas/.')
      .option('--check', 'write nothing; exit code 1 when a schema is stale'),
  );
  const directory = join(repositoryRoot, 'schemas');
  const steps = new Steps();
  const server = await steps.step('control plane', (note) => startPinnedControlPlane(note));
  try {
    const live = await steps.step('schemas of the API server', () => filesOfServer(server));
    const packaged = await steps.step('schemas of the Python package', (note) => filesOfPackage(note));
    const custom = await steps.step('schemas of operators', (note) => filesOfOperators(note));
    const files = new Map([...live, ...packaged, ...custom]);
    const stale = await staleFiles(directory, files);
    for (const { path, state } of stale) steps.line(`  ${path}: ${state}`);
    if (check) return stale.length === 0 ? 0 : 1;
    await writeSchemas(directory, files);
    steps.line(`${files.size} schemas, ${stale.length} of them changed`);
    return 0;
  } finally {
    await server.stop();
  }
}

process.exitCode = await main();
