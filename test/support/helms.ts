import type { helmMatrix } from '../../checks/matrix.ts';
import { program } from '../../src/tools/programs.ts';

type Helm = (typeof helmMatrix)[number];

/**
 * The Helms that a test runs under: the pinned one, by the renderer, in `npm test`; every Helm of the matrix, by its
 * binary, in the part `helms` of `npm run test:cluster`.
 */
export const testedHelms = (process.env.AUDIO_PROCESSOR_TEST_HELMS ?? 'helm').split(',') as readonly Helm[];

/** The executable of a Helm under test; undefined for the pinned one: the renderer prints what it prints. */
export async function executableOf(helm: Helm): Promise<string | undefined> {
  return helm === 'helm' ? undefined : program(helm);
}
