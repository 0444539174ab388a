import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../src/tools/versions.ts';

/** A fenced shell block of a document and the comment in front of it. */
export interface DocumentedCommand {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  /** The test file that runs it: `<!-- runs: … -->`. */
  readonly runs?: string;
  /** Why nothing runs it: `<!-- not run: … -->`. */
  readonly notRun?: string;
}

/** Every `sh` and `bash` block of a Markdown file of the repository. */
export async function documentedCommands(file: string): Promise<readonly DocumentedCommand[]> {
  const text = await readFile(join(repositoryRoot, file), 'utf8');
  const blocks = text.matchAll(/(?:<!-- (runs|not run): (.+?) -->\n)?```(?:sh|bash)\n([\s\S]*?)```/g);
  return [...blocks].map((block) => ({
    file,
    line: text.slice(0, block.index).split('\n').length,
    code: block[3] ?? '',
    ...(block[1] === 'runs' ? { runs: block[2] ?? '' } : {}),
    ...(block[1] === 'not run' ? { notRun: block[2] ?? '' } : {}),
  }));
}

/** The blocks of a document that a test file has to run. */
export async function commandsFor(file: string, test: string): Promise<readonly string[]> {
  const blocks = (await documentedCommands(file)).filter((block) => block.runs === test);
  if (blocks.length === 0) throw new Error(`${file} has no command block for ${test}`);
  return blocks.map((block) => block.code);
}
