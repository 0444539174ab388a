import { Document, isScalar, Scalar, visit } from 'yaml';
import { isAmbiguousPlainScalar } from './helm-yaml.ts';

/**
 * A value as YAML that every reader reads the same: strings in double quotes, keys plain only where no dialect
 * could take them for anything but text. Ends with a newline. No line is folded.
 */
export function toYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (position, node) => {
      if (typeof node.value !== 'string') return;
      if (position === 'key') node.type = isPlainKey(node.value) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
      else node.type = isBlock(node.value) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE;
    },
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.value === null) pair.value = new Scalar(null);
    },
  });
  return document.toString({ lineWidth: 0, nullStr: 'null' });
}

/** True for a key that needs no quotes in any dialect. */
export function isPlainKey(key: string): boolean {
  return /^[A-Za-z_][\w./-]*$/.test(key) && !isAmbiguousPlainScalar(key);
}

function isBlock(text: string): boolean {
  return /\n./.test(text) && !/[^\S\n]\n|^\s|\t|\r/.test(text);
}
