import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { optionsOf } from '../cli/options.ts';
import { samples } from '../lab/samples/catalog.ts';
import { wavFile } from '../lab/samples/wav.ts';

/** `npm run samples [-- --check]`: writes `examples/audio/*.wav` from `lab/samples/catalog.ts`; the exit code. */
async function main(): Promise<number> {
  const { check } = optionsOf<{ check?: boolean }>(
    new Command('npm run samples --')
      .description('Writes examples/audio/*.wav from lab/samples/catalog.ts.')
      .option('--check', 'write nothing; exit code 1 when a file is stale'),
  );
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../examples/audio');
  await mkdir(folder, { recursive: true });
  const wanted = new Map(samples.map((sample) => [`${sample.name}.wav`, wavFile(sample)]));
  const present = (await readdir(folder)).filter((name) => name.endsWith('.wav'));
  const extra = present.filter((name) => !wanted.has(name));
  const stale: string[] = [];
  for (const [name, bytes] of wanted) {
    const found = await readFile(join(folder, name)).catch(() => undefined);
    if (found === undefined || !found.equals(bytes)) stale.push(name);
  }
  if (check) {
    for (const name of stale)
      process.stderr.write(`examples/audio/${name} is not what lab/samples/catalog.ts makes\n`);
    for (const name of extra)
      process.stderr.write(`examples/audio/${name} is not in lab/samples/catalog.ts\n`);
    if (stale.length + extra.length > 0) process.stderr.write('npm run samples writes them again\n');
    return stale.length + extra.length > 0 ? 1 : 0;
  }
  for (const name of stale) await writeFile(join(folder, name), wanted.get(name) ?? '');
  process.stdout.write(`${wanted.size} samples, ${stale.length} written\n`);
  return 0;
}

process.exitCode = await main();
