import { resolve } from 'node:path';

/** A path as the user meant it: npm changes the working folder and keeps the caller's in INIT_CWD. */
export function fromCallersFolder(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
