import { type TextFile, textFiles } from '../../../checks/shape/repository.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';

/** Every text file that is or would be committed, new ones included. */
export function repositoryFiles(): Promise<readonly TextFile[]> {
  return textFiles(repositoryRoot);
}

/** `path:line` of each line that matches. */
export function linesWith(files: readonly TextFile[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

/** Number of lines, as `wc -l` counts them. */
export function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
