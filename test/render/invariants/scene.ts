import type { Manifest } from '../../../src/chart/helm.ts';

/** The objects of one render, and those that a mutation adds or changes. */
export interface Scene {
  readonly objects: Manifest[];
  /** Changes the map at a path of the first object of this title: `Deployment/audio-worker`. */
  set(title: string, path: string, value: unknown): void;
  add(kind: string, name: string, more: object): void;
}

/** A scene over these objects, which mutations change in place; `changed` has the names of what they changed or added. */
export function scene(objects: Manifest[]): Scene & { readonly changed: readonly string[] } {
  const changed: string[] = [];
  return {
    objects,
    changed,
    set: (title, path, value) => {
      // A changed name is the name that the assertion has.
      changed.push(path === 'metadata.name' ? String(value) : title.slice(title.indexOf('/') + 1));
      const object = objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === title);
      if (object === undefined) throw new Error(`no ${title}`);
      setAt(object, path, value);
    },
    add: (kind, name, more) => {
      changed.push(name);
      const labels = objects[0]?.metadata.labels ?? {};
      objects.push({ apiVersion: 'v1', kind, metadata: { name, labels }, ...more });
    },
  };
}

/** Sets the last key of a dotted path; a label's key with dots is taken whole. */
function setAt(root: object, path: string, value: unknown): void {
  const [, holder = '', key = ''] =
    /^(?:(.*?)\.)?((?:helm\.sh|app\.kubernetes\.io)\/.+|[^.]+)$/.exec(path) ?? [];
  const steps = holder.split('.').filter((step) => step !== '');
  const at = steps.reduce<Record<string, unknown>>(
    (node, step) => {
      const below = node[step];
      if (typeof below !== 'object' || below === null) throw new Error(`nothing at ${step} of ${path}`);
      return below as Record<string, unknown>;
    },
    root as Record<string, unknown>,
  );
  at[key] = value;
}
