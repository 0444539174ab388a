import type { TextFile } from './repository.ts';

/** The alerts of the chart and, by name, the files that one alert consists of. */
export function alertPlaces(files: readonly TextFile[]): ReadonlyMap<string, readonly string[]> {
  const names = alertNames(files.map(({ path }) => path));
  const candidates = files
    .filter(({ path }) => inReach(path))
    .map(({ path, text }) => ({ path, bare: withoutComments(text) }));
  const places = (name: string) => {
    const others = new Set(names.filter((other) => other !== name));
    const namedAfter = files.filter(({ path }) => nameOf(path) === name);
    const holding = candidates.filter(
      ({ path, bare }) => nameOf(path) !== name && !others.has(nameOf(path)) && holds(bare, name, path),
    );
    return [...namedAfter, ...holding].map(({ path }) => path);
  };
  return new Map(names.map((name) => [name, places(name)]));
}

/** Alerts are known by the files that hold their expressions. */
function alertNames(paths: readonly string[]): readonly string[] {
  const expression = /^charts\/audio-processor\/files\/(?:rules|alerts)\/([A-Z]\w+)\.(?:promql|yaml)$/;
  return [...new Set(paths.flatMap((path) => expression.exec(path)?.[1] ?? []))].sort();
}

/** Where alerts are made and proved. Dashboards that draw one, runbooks of others and tests of anything else only use it. */
function inReach(path: string): boolean {
  return /^(charts\/|src\/schema\/|lab\/|(test|checks)\/(alerts|faults|rules\/cases)\/)/.test(path);
}

/**
 * Whether a file has data of an alert: an entry under its name, an entry whose `alert` it is, a setting of it that is
 * read, or in the schema its name as a string. Its name in a comment, a description or a matcher is no such place.
 */
function holds(bare: string, name: string, path: string): boolean {
  const entry = new RegExp(`(?:^|[{,])[ \\t]*["']?${name}["']?\\s*:`, 'm');
  const value = new RegExp(`^[\\s-]*["']?\\w+["']?:\\s*["']?${name}["']?,?[ \\t]*$`, 'm');
  const setting = new RegExp(`\\balerts\\.${name}\\b`);
  const string = new RegExp(`['"]${name}['"]`);
  return (
    [entry, value, setting].some((form) => form.test(bare)) ||
    (path.startsWith('src/schema/') && string.test(bare))
  );
}

/** Comments of TypeScript, Helm templates, YAML and PromQL become empty. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)(\/\/|#).*$/gm, '$1');
}

function nameOf(path: string): string {
  return path.split('/').at(-1)?.split('.')[0] ?? '';
}
