import { type Action, actionsOf } from './actions.ts';

/** A file below a `templates` folder of the chart or of a subchart. */
export interface TemplateFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** The body of a `define`, or what a file holds outside of all of them. */
export interface Body {
  /** Of the named template; of a file's own body, its path. */
  readonly name: string;
  readonly path: string;
  readonly actions: readonly Action[];
}

const opens = new Set(['define', 'if', 'range', 'with', 'block']);

/** The bodies of all files: one for each `define`, and one for each file. */
export function bodiesOf(files: readonly TemplateFile[]): readonly Body[] {
  return files.flatMap(({ path, text }) => {
    const page: Action[] = [];
    const defined: { name: string; actions: Action[] }[] = [];
    let depth = 0;
    for (const action of actionsOf(text)) {
      const [first, second] = action;
      const current = depth === 0 ? page : (defined.at(-1)?.actions ?? page);
      if (first?.kind === 'name' && first.text === 'define') {
        defined.push({ name: second?.text ?? '', actions: [] });
        depth = 1;
      } else if (depth > 0 && first?.text === 'end') depth -= 1;
      else if (depth > 0 && first?.kind === 'name' && opens.has(first.text)) {
        depth += 1;
        current.push(action);
      } else current.push(action);
    }
    return [
      { name: path, path, actions: page },
      ...defined.map(({ name, actions }) => ({ name, path, actions })),
    ];
  });
}

/** How often functions are called, over all bodies. */
export function callsOf(bodies: readonly Body[], functions: readonly string[]): number {
  return bodies
    .flatMap(({ actions }) => actions.flat())
    .filter(({ kind, text }) => kind === 'name' && functions.includes(text)).length;
}

/** Whether a body is that of a named template. */
export function isNamed({ name, path }: Body): boolean {
  return name !== path;
}

/** Whether a body is a file that renders objects: no helper, no NOTES, and not the page that only reports problems. */
export function isObjectPage({ name, path }: Body): boolean {
  return name === path && /\/[^_/][^/]*\.ya?ml$/.test(path) && !path.endsWith('/validations.yaml');
}
