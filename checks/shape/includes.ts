import type { Action, Token } from './actions.ts';
import { type Body, isNamed } from './templates.ts';

/** The template that fills `$.ctx`. */
const context = 'audio-processor.context';

/** What runs inside each body while it is rendered, and where a reader of it has to read. */
export interface Includes {
  /** Names of the templates that a body includes, by its name. */
  readonly runs: ReadonlyMap<string, readonly string[]>;
  /** Names of the templates that explain what a body prints. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
}

/**
 * The edges between bodies. A name in a string is an edge wherever it is in an action (`include "x" .`, or passed
 * on as `(dict "name" "x")`); a name by `printf "audio-processor.rules.%s"` is an edge to every template of that form.
 *
 * `audio-processor.context` runs `audio-processor.context.<key>` for every key of `$.ctx`. Those are edges of `runs`,
 * for they nest. A reader of a page follows only the keys that the page reads: `$.ctx.pools` (or `.root.ctx.pools`, or
 * `get $.ctx "pools"`) leads to `audio-processor.context.pools`, to what that one includes and reads, and to no
 * other definition. A variable `$ctx := $.ctx` is another name for it. `$.ctx` without a key, for example as an argument,
 * leads to all of them.
 */
export function includesOf(bodies: readonly Body[]): Includes {
  const names = bodies.filter(isNamed).map(({ name }) => name);
  const known = new Set(names);
  const definitions = names.filter((name) => name.startsWith(`${context}.`));
  const runs = new Map<string, readonly string[]>();
  const reads = new Map<string, readonly string[]>();
  for (const { name, actions } of bodies) {
    const included = actions.flatMap((action) => includedBy(action, names, known));
    runs.set(name, [...new Set(included)]);
    const aliases = actions.flatMap(contextAlias);
    const keys = actions.flatMap((action) => keysReadBy(action, aliases));
    const defined = keys.includes(anyKey) ? definitions : keys.map((key) => `${context}.${key}`);
    const followed = name === context ? [] : [...included, ...defined.filter((one) => known.has(one))];
    reads.set(name, [...new Set(followed)]);
  }
  return { runs, reads };
}

/**
 * The longest chain of includes that starts at a body, itself first. A template that includes itself, or one that
 * includes it, is no deeper chain.
 */
export function longestChain(start: string, { runs }: Includes): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const visit = (name: string, above: readonly string[]): readonly string[] => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const inside = [...above, name];
    const chains = (runs.get(name) ?? [])
      .filter((next) => !inside.includes(next))
      .map((next) => visit(next, inside));
    const longest = [name, ...chains.reduce((one, other) => (other.length > one.length ? other : one), [])];
    known.set(name, longest);
    return longest;
  };
  return visit(start, []);
}

/**
 * What a page includes, the definitions of the keys of `$.ctx` that the page itself reads, and what those include. Keys
 * that other templates read are not followed: to those, `$.ctx` is data, as `.Values` is.
 */
export function reachedDirectly(page: string, { runs, reads }: Includes): readonly string[] {
  const reached = new Set([page, ...(reads.get(page) ?? [])]);
  for (const name of reached) {
    if (name !== context) for (const next of runs.get(name) ?? []) reached.add(next);
  }
  return [...reached];
}

/** The names that a reader who starts at a body comes to, itself first, by any number of includes and keys. */
export function reachedFrom(start: string, { reads }: Includes): readonly string[] {
  const reached = new Set([start]);
  for (const name of reached) for (const next of reads.get(name) ?? []) reached.add(next);
  return [...reached];
}

function includedBy(action: Action, names: readonly string[], known: ReadonlySet<string>): readonly string[] {
  return action.flatMap(({ kind, text }) => {
    if (kind !== 'string') return [];
    if (known.has(text)) return [text];
    if (!/^[\w-]+\.[\w.-]*%[sv]/.test(text)) return [];
    const form = new RegExp(`^${text.replaceAll('.', '\\.').replaceAll(/%[sv]/g, '[\\w.-]+')}$`);
    return names.filter((name) => form.test(name));
  });
}

const anyKey = '*';

/** The variable that an action makes another name of the context: `$ctx := .root.ctx`. */
function contextAlias(action: Action): readonly string[] {
  const [variable, assignment] = action;
  const last = action.at(-1);
  if (variable?.kind !== 'field' || assignment?.text !== ':=' || action.length < 3) return [];
  return last?.kind === 'field' && last.text.endsWith('.ctx') ? [variable.text] : [];
}

/** The keys of `$.ctx` that an action reads, by the names that a body has for it. */
function keysReadBy(action: Action, aliases: readonly string[]): readonly string[] {
  if (contextAlias(action).length > 0) return [];
  return action.flatMap((token, index) => {
    if (token.kind !== 'field') return [];
    const path = token.text.split('.');
    const at = aliases.includes(path[0] ?? '') ? 0 : path.indexOf('ctx');
    if (at === -1) return [];
    return [path[at + 1] ?? keyBeside(action[index - 1], action[index + 1])];
  });
}

/** `get $.ctx "pools"`, `index $.ctx "pools"`; `set $.ctx "pools" …` writes, and reads nothing. */
function keyBeside(before: Token | undefined, after: Token | undefined): string {
  return after?.kind === 'string' && before?.kind === 'name' ? after.text : anyKey;
}
