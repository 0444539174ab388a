/** One place that the chart's values schema refuses, as Helm reports it. */
export interface SchemaRefusal {
  /** JSON pointer of the refused value; empty for the root, and for a refused name. */
  readonly pointer: string;
  /** Set when the name of a key is refused; Helm does not report where that key is. */
  readonly name?: string;
  /** Helm's words: `got string, want integer`. */
  readonly message: string;
}

/** One line of Helm's tree of refusals. */
interface Entry {
  readonly indent: number;
  readonly pointer: string;
  readonly message: string;
}

const QUOTED = /'((?:[^'\\]|\\.)*)'/g;

/**
 * Reads Helm's tree of schema errors. A line such as `at '/b': validation failed` groups the lines below it, so only the leaves
 * are kept. A refused name is the exception: its line has the name, the last line below it the reason, and neither the place.
 * @param tree `detail` of a HelmError of the kind `schema`
 */
export function readRefusals(tree: string): readonly SchemaRefusal[] {
  const refusals: SchemaRefusal[] = [];
  const lines = tree.split('\n').map(readEntry);
  for (let index = 0; index < lines.length; index += 1) {
    const entry = lines[index];
    if (entry === undefined) continue;
    const end = lines.findIndex(
      (line, at) => at > index && (line === undefined || line.indent <= entry.indent),
    );
    const below = lines.slice(index + 1, end === -1 ? lines.length : end);
    const name = /^invalid propertyName '(.*)'$/.exec(entry.message)?.[1];
    if (name !== undefined) {
      refusals.push({ pointer: '', name: unquote(name), message: below.at(-1)?.message ?? 'refused' });
      index += below.length;
    } else if (below.length === 0) {
      refusals.push({ pointer: entry.pointer, message: entry.message });
    }
  }
  return refusals;
}

/**
 * JSON pointers of what a refusal is about: the unknown or missing keys themselves, where Helm only points at their parent.
 * Empty for a refused name.
 */
export function refusedKeys({ pointer, name, message }: SchemaRefusal): readonly string[] {
  if (name !== undefined) return [];
  const keys =
    /^additional propert(?:y|ies) (.*) not allowed$/.exec(message) ??
    /^missing propert(?:y|ies) (.*)$/.exec(message);
  if (keys === null) return [pointer];
  return [...(keys[1] ?? '').matchAll(QUOTED)].map(
    ([, key = '']) => `${pointer}/${unquote(key).replaceAll('~', '~0').replaceAll('/', '~1')}`,
  );
}

function readEntry(line: string): Entry | undefined {
  const entry = /^( *)- at '((?:[^'\\]|\\.)*)': (.*)$/.exec(line);
  if (entry === null) return undefined;
  const [, indent = '', pointer = '', message = ''] = entry;
  return { indent: indent.length, pointer: unquote(pointer), message };
}

/** Undoes Go's quoting, which is JSON's but for the single quotes. */
function unquote(text: string): string {
  try {
    return JSON.parse(`"${text.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`) as string;
  } catch {
    return text;
  }
}
