import { tmpdir } from 'node:os';
import { CommandError, run } from '../process/run.ts';
import { withoutDirect } from './go.ts';

/**
 * The folder of Go's module cache that holds a module's files; fetched when it is not there. They are read, never built.
 * @param version without `v`: `1.6.3`
 * @throws {CommandError} or {Error} with Go's words when the module cannot be had.
 */
export async function goModuleDirectory(module: string, version: string): Promise<string> {
  const { stdout: proxy } = await run('go', ['env', 'GOPROXY'], { timeoutMs: 20_000 });
  const args = ['mod', 'download', '-json', `${module}@v${version}`];
  // Outside this clone, so that no go.mod applies.
  const env = { GOWORK: 'off', GOFLAGS: '', GOPROXY: withoutDirect(proxy.trim()) };
  const { stdout } = await run('go', args, { cwd: tmpdir(), env, timeoutMs: 5 * 60_000 }).catch(readable);
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

/** Go writes why it refuses into the JSON on standard output, and nothing to standard error. */
function readable(error: unknown): never {
  if (!(error instanceof CommandError) || !error.stdout.startsWith('{')) throw error;
  throw new Error((JSON.parse(error.stdout) as { readonly Error: string }).Error, { cause: error });
}
