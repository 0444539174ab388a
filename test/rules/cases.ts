import { readdirSync } from 'node:fs';
import type { Case } from './case.ts';

const folder = new URL('cases/', import.meta.url);

/** Rule tests of every alert, from `cases/<Name>.ts`. */
export const cases: Readonly<Record<string, readonly Case[]>> = Object.fromEntries(
  await Promise.all(
    readdirSync(folder)
      .sort()
      .map(async (file) => {
        const module = (await import(new URL(file, folder).href)) as { readonly cases: readonly Case[] };
        return [file.replace('.ts', ''), module.cases] as const;
      }),
  ),
);
