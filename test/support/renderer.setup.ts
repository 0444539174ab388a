import { startRenderer } from '../../checks/renderer.ts';

/** One renderer for all files of a run; `npm test` has started one for all of its parts. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.AUDIO_PROCESSOR_RENDERER !== undefined) return undefined;
  const renderer = await startRenderer((line) => process.stderr.write(`${line}\n`));
  process.env.AUDIO_PROCESSOR_RENDERER = renderer.socket;
  return () => renderer.stop();
}
