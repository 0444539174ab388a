// A process that requests one folder of the cache, for the tests of concurrency. Usage: cache-builder.ts LOG GO
// Writes a line to LOG when it builds, and builds until the file GO exists. Prints the folder.
import { existsSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '../../../src/process/wait-for.ts';
import { cached } from '../../../src/tools/cache.ts';
import { progressOf } from '../../../src/tools/progress.ts';

async function main(log: string, go: string): Promise<void> {
  const folder = await cached(
    'trial',
    'key',
    async (draft) => {
      await writeFile(join(draft, 'half'), '');
      await appendFile(log, `building ${process.pid}\n`);
      await waitFor('the go-ahead', async () => (existsSync(go) ? { value: true } : { observed: 'none' }), {
        deadlineMs: 20_000,
        everyMs: 20,
      });
      await writeFile(join(draft, 'content'), 'whole');
    },
    progressOf(() => void appendFile(log, `waiting ${process.pid}\n`)),
  );
  process.stdout.write(folder);
}

const [log = '', go = ''] = process.argv.slice(2);
void main(log, go);
