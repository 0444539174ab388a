/** First line of every generated file: what made it and from what. Without a comment sign. */
export function generatedFrom(source: string): string {
  return `Generated from ${source} by \`npm run generate\`; do not edit.`;
}
