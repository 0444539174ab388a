import { readdirSync } from 'node:fs';
import type { Fault, FaultModule } from './fault.ts';

/** A fault with the alert that it must make fire. */
export type AlertFault = Fault & { readonly alert: string };

const folder = new URL('faults/', import.meta.url);

const modules: readonly (readonly [alert: string, module: FaultModule])[] = await Promise.all(
  readdirSync(folder)
    .sort()
    .map(
      async (file) =>
        [file.replace('.ts', ''), (await import(new URL(file, folder).href)) as FaultModule] as const,
    ),
);

/** Every fault of `faults/<Alert>.ts`, by round and then by alert. */
export const faults: readonly AlertFault[] = modules
  .flatMap(([alert, module]) => module.faults.map((fault) => ({ ...fault, alert })))
  .sort((one, other) => one.round - other.round);

/** The faults of each round, in the order of the rounds. */
export const rounds: readonly (readonly AlertFault[])[] = [...new Set(faults.map(({ round }) => round))].map(
  (round) => faults.filter((fault) => fault.round === round),
);

/** Values of `monitoring.alerts` that a run shortens, by alert. */
export const shortened: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  modules.flatMap(([alert, module]) => (module.shortened === undefined ? [] : [[alert, module.shortened]])),
);
