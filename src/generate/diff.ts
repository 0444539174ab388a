/** Lines of context around a change. */
const CONTEXT = 2;

type Edit = { readonly sign: ' ' | '-' | '+'; readonly text: string };

/**
 * A readable line difference: `-` is what the file has, `+` what it should have, with two lines of context
 * and `@@ line N` before each change. Empty when the texts are equal.
 */
export function lineDiff(before: string, after: string): string {
  const edits = compare(before.split('\n'), after.split('\n'));
  const isShown = edits.map((_, index) =>
    edits.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((edit) => edit.sign !== ' '),
  );
  const out: string[] = [];
  let line = 0;
  for (const [index, edit] of edits.entries()) {
    if (edit.sign !== '+') line += 1;
    if (!isShown[index]) continue;
    if (!isShown[index - 1]) out.push(`@@ line ${line}`);
    out.push(`${edit.sign}${edit.text}`);
  }
  return out.join('\n');
}

/** Longest common subsequence over what lies between the common head and tail. */
function compare(before: readonly string[], after: readonly string[]): readonly Edit[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const same = (text: string): Edit => ({ sign: ' ', text });
  return [
    ...before.slice(0, head).map(same),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

function middle(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const edits: Edit[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old = '', fresh = ''] = [before[row], after[column]];
    if (row < before.length && column < after.length && old === fresh) {
      edits.push({ sign: ' ', text: old });
      row += 1;
      column += 1;
    } else if (
      column >= after.length ||
      (row < before.length && at(row + 1, column) >= at(row, column + 1))
    ) {
      edits.push({ sign: '-', text: old });
      row += 1;
    } else {
      edits.push({ sign: '+', text: fresh });
      column += 1;
    }
  }
  return edits;
}
