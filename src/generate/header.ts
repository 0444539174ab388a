/** First line of every generated file, without a comment sign: its source, and the command that generates it. */
export function generatedFrom(source: string): string {
  return `Generated from ${source} by \`npm run generate\`; do not edit.`;
}
