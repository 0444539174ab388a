import { readFile, stat } from 'node:fs/promises';
import { isScalar, LineCounter, type ParsedNode, parseAllDocuments, Scalar, type YAMLParseError } from 'yaml';
import type { Problem } from '../report/problem.ts';
import { isMap, type ValueMap } from './merge.ts';
import { type Position, positionKey, readAsHelm } from './overlay-yaml.ts';
import { showValue } from './path.ts';

/** A values file is written by people; more than 1 MiB is something else. Helm's release Secret could not hold it either. */
export const LARGEST_OVERLAY_BYTES = 1024 * 1024;

/** A values file that could be read. */
export interface Overlay {
  /** As the user named it. */
  readonly file: string;
  readonly value: ValueMap;
  /** Position of the deepest key on this path that the file has, and how many keys deep it is; undefined when it has none. */
  locate(keys: readonly string[]): { readonly position: Position; readonly depth: number } | undefined;
}

/** What reading a values file gave: an overlay unless the file is unusable, and every problem of its text. */
export interface ReadOverlay {
  readonly overlay?: Overlay;
  readonly problems: readonly Problem[];
}

/** Reads one values file as Helm reads it. Never throws for what a file may hold; problems carry line and column. */
export async function readOverlay(file: string): Promise<ReadOverlay> {
  const text = await readText(file);
  return typeof text === 'string' ? parseOverlay(text, file) : { problems: [text] };
}

/** The same for a text that is in memory. */
export function parseOverlay(text: string, file: string): ReadOverlay {
  const lines = new LineCounter();
  // `readAsHelm` handles duplicate keys and merge keys as Helm does.
  const options = {
    schema: 'failsafe',
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: true,
    merge: false,
  } as const;
  const documents = [...parseAllDocuments(text, options)];
  const broken = documents.flatMap(({ errors }) => errors).map((error) => syntaxProblem(error, file));
  if (broken.length > 0) return { problems: broken.slice(0, 10) };
  const directive = /^%.*$/m.exec(text);
  if (directive !== null && documents[0]?.directives?.docStart === true) {
    const { line, col } = lines.linePos(directive.index);
    const message = 'Helm does not read YAML directives';
    return {
      problems: [
        {
          code: 'directive',
          file,
          line,
          column: col,
          message,
          found: directive[0],
          remedy: 'remove the line',
        },
      ],
    };
  }
  const [document, second] = documents.filter(({ contents }) => !isNothing(contents));
  if (document === undefined) {
    return {
      problems: [
        { code: 'empty', file, message: 'the file is empty', remedy: 'write a value, or leave the file out' },
      ],
    };
  }
  if (second !== undefined) {
    const { line, col } = lines.linePos(second.range[0]);
    const message = 'the file has several YAML documents, and Helm versions differ in which one they use';
    return {
      problems: [
        { code: 'several-documents', file, line, column: col, message, remedy: 'keep one document a file' },
      ],
    };
  }
  const { value, positions, problems } = readAsHelm(document, lines);
  const placed = problems.map((problem) => ({ file, ...problem }));
  if (!isMap(value)) return { problems: [notAMap(value, file), ...placed] };
  const locate = (keys: readonly string[]) => {
    for (let depth = keys.length; depth > 0; depth -= 1) {
      const position = positions.get(positionKey(keys.slice(0, depth)));
      if (position !== undefined) return { position, depth };
    }
    return undefined;
  };
  return { overlay: { file, value, locate }, problems: placed };
}

/** True for a document without a single sign: `---` alone leaves an empty plain scalar. */
function isNothing(contents: ParsedNode | null): boolean {
  return (
    contents === null || (isScalar(contents) && contents.type === Scalar.PLAIN && contents.source === '')
  );
}

async function readText(file: string): Promise<string | Problem> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_OVERLAY_BYTES) {
      const found = `${(size / 1024 / 1024).toFixed(1)} MiB`;
      return {
        code: 'too-large',
        file,
        message: 'the file is too large for a values file',
        found,
        allowed: 'at most 1 MiB',
      };
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    return {
      code: 'unreadable',
      file,
      message: 'the file cannot be read',
      found: reason(error),
      allowed: 'a YAML file in UTF-8',
    };
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'no such file',
    EISDIR: 'a directory',
    EACCES: 'no permission',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'bytes that are not UTF-8',
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}

function syntaxProblem(error: YAMLParseError, file: string): Problem {
  const [start] = error.linePos ?? [];
  const message = error.message.split(/ at line \d+/)[0] ?? error.message;
  return {
    code: error.code === 'TAB_AS_INDENT' ? 'tab' : 'yaml',
    file,
    ...(start === undefined ? {} : { line: start.line, column: start.col }),
    message: error.code === 'TAB_AS_INDENT' ? 'a tab in the indentation' : `not YAML: ${lowerFirst(message)}`,
    ...(error.code === 'TAB_AS_INDENT' ? { remedy: 'indent with spaces' } : {}),
  };
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function notAMap(value: unknown, file: string): Problem {
  const found = Array.isArray(value) ? 'a list' : `only ${showValue(value)}`;
  return {
    code: 'not-a-map',
    file,
    line: 1,
    column: 1,
    message: 'the file has no map of values',
    found,
    allowed: 'key: value',
  };
}
