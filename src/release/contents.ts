import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A line of `.helmignore`. */
interface Rule {
  readonly expression: RegExp;
  /** Only directories, and with them all that they hold. */
  readonly directory: boolean;
  /** Against the whole path instead of its last part. */
  readonly whole: boolean;
}

/** Helm's own rule beside those of the file: hidden files among the templates. */
const always = 'templates/.?*';

/**
 * The files of a chart that a release holds, as paths below it: all but what `.helmignore` names, as Helm reads it.
 * Chart.yaml comes first, the rest by code unit: the same on every machine.
 * @throws {Error} on a rule of `.helmignore` that this reader does not know, and on what is neither file nor directory.
 */
export async function chartFiles(chart: string): Promise<readonly string[]> {
  const text = await readFile(join(chart, '.helmignore'), 'utf8');
  const rules = [always, ...text.split('\n')].flatMap(readRule);
  const found = await walk(chart, '', rules);
  const rank = (path: string) => (path === 'Chart.yaml' ? 0 : 1);
  return [...found].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

async function walk(chart: string, folder: string, rules: readonly Rule[]): Promise<readonly string[]> {
  const entries = await readdir(join(chart, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isIgnored(path, entry.isDirectory(), rules)) return [];
      if (entry.isDirectory()) return walk(chart, path, rules);
      if (!entry.isFile())
        throw new Error(`${path} is neither a file nor a directory: a chart holds no other`);
      return [path];
    }),
  );
  return found.flat();
}

function isIgnored(path: string, isDirectory: boolean, rules: readonly Rule[]): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return rules.some(
    ({ expression, directory, whole }) => (isDirectory || !directory) && expression.test(whole ? path : name),
  );
}

/** One rule, or none for an empty line and a comment. */
function readRule(line: string): readonly Rule[] {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [];
  if (/^!|\*\*|[[\]\\]/.test(text)) {
    throw new Error(`.helmignore: \`${text}\` is a rule that only Helm knows; use names, * and ?`);
  }
  const directory = text.endsWith('/');
  const pattern = text.replace(/^\//, '').replace(/\/$/, '');
  const source = pattern
    .replace(/[.+^$(){}|]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  const whole = pattern.includes('/') || text.startsWith('/');
  return [{ expression: new RegExp(`^${source}$`), directory, whole }];
}
