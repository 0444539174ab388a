import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The commands that packages declare, as name and `module:function`. */
export async function consoleScripts(site: string): Promise<readonly (readonly [string, string])[]> {
  const scripts: (readonly [string, string])[] = [];
  for (const name of (await readdir(site)).sort()) {
    if (!name.endsWith('.dist-info')) continue;
    const text = await readFile(join(site, name, 'entry_points.txt'), 'utf8').catch(() => '');
    scripts.push(...parseConsoleScripts(text));
    await forgetScripts(join(site, name, 'RECORD'));
  }
  return scripts;
}

/** The `[console_scripts]` section of an entry_points.txt. */
export function parseConsoleScripts(text: string): readonly (readonly [string, string])[] {
  const section = text.split(/^\[/m).find((part) => part.startsWith('console_scripts]')) ?? '';
  return [...section.matchAll(/^([\w.-]+)\s*=\s*([\w.]+:[\w.]+)/gm)].map(
    (match) => [match[1] ?? '', match[2] ?? ''] as const,
  );
}

/** The commands that pip made are not kept: they name the folder of the build, and so would their hashes. */
async function forgetScripts(record: string): Promise<void> {
  const lines = (await readFile(record, 'utf8')).split('\n');
  await writeFile(record, lines.filter((line) => !/^(\.\.\/)*bin\//.test(line)).join('\n'));
}

/** A command as pip would write it for its final place; `python` is the interpreter's absolute path in the image. */
export function launcher(python: string, target: string): string {
  const [module = '', callable = ''] = target.split(':');
  return `#!${python}\nimport sys\nfrom ${module} import ${callable.split('.')[0]}\nsys.exit(${callable}())\n`;
}
