import { exitCodes, runCommandLine } from './command-line.ts';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupt.abort(new Error(`interrupted by ${signal}`)));
}

const code = await runCommandLine(process.argv.slice(2), interrupt.signal);
if (code !== exitCodes.ok) process.exitCode = code;
