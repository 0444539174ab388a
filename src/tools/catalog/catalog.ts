import versions from '../../../versions.json' with { type: 'json' };
import type { Versions } from '../versions.ts';
import { checkPrograms } from './checks.ts';
import { clientPrograms } from './client.ts';
import { kubernetesPrograms } from './kubernetes.ts';
import { monitoringPrograms } from './monitoring.ts';
import { nodePrograms } from './node.ts';
import { servicePrograms } from './services.ts';
import type { Program, Source } from './source.ts';

/**
 * Every program with its source, by groups. The only list: versions come from `versions.json`, modules from `tools/`.
 * A new program is a name in `source.ts`, an entry in its group's file, `tools/<name>/go.mod` and a pin.
 */
export function catalog(pins: Versions = versions): readonly Source[] {
  return Object.values(groups).flatMap((sources) => sources(pins));
}

/** Sources by what they serve. */
const groups = {
  client: clientPrograms,
  kubernetes: kubernetesPrograms,
  node: nodePrograms,
  services: servicePrograms,
  monitoring: monitoringPrograms,
  checks: checkPrograms,
} as const satisfies Readonly<Record<string, (pins: Versions) => readonly Source[]>>;

/** All programs of some groups. */
export function programsOfGroups(names: readonly (keyof typeof groups)[]): readonly Program[] {
  return names.flatMap((name) => groups[name](versions).flatMap(programsOf));
}

/** The programs that a source yields. */
export function programsOf(source: Source): readonly Program[] {
  return Object.keys(source.kind === 'go' ? source.packages : source.members) as Program[];
}

/** The source of a program. */
export function sourceOf(program: Program, sources: readonly Source[] = catalog()): Source {
  const source = sources.find((candidate) => programsOf(candidate).includes(program));
  if (source === undefined) throw new Error(`no source for the program ${program}`);
  return source;
}
