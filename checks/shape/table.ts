import { type Figure, startCommit } from './figures.ts';

/** The figures as a table for a terminal, then what each one above its limit was counted on. */
export function shapeTable(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ figure }) => figure.length)) + 2;
  const line = (figure: string, ...cells: readonly string[]) =>
    `${figure.padEnd(width)}${cells.map((cell) => cell.padStart(10)).join('')}`;
  const rows = figures.map(({ figure, now, start, limit }) => {
    const over = limit !== undefined && now > limit ? '  over' : '';
    return `${line(figure, `${now}`, `${start}`, limit === undefined ? '-' : `${limit}`)}${over}`;
  });
  const details = figures.flatMap(({ figure, now, limit, detail }) =>
    limit !== undefined && now > limit && detail ? [`${figure}: ${detail}`] : [],
  );
  return [line('figure', 'now', startCommit, 'limit'), ...rows, '', ...details].join('\n').trimEnd();
}
