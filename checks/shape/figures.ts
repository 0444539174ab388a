import { alertPlaces } from './alert-places.ts';
import { folderCycles } from './folders.ts';
import { includesOf, longestChain, reachedDirectly, reachedFrom } from './includes.ts';
import { type TextFile, textFiles } from './repository.ts';
import { type Body, bodiesOf, callsOf, isNamed, isObjectPage, type TemplateFile } from './templates.ts';

/** One measured figure of the repository's shape. */
export interface Figure {
  readonly figure: string;
  readonly now: number;
  /** The same measured at commit {@link startCommit}. */
  readonly start: number;
  /** The highest value that passes; a figure without one is for information. */
  readonly limit?: number;
  /** What the figure was counted on, e.g. the longest chain. */
  readonly detail?: string;
}

/** The commit whose figures are the column `start`. */
export const startCommit = '5916eeb';

const worker = 'charts/audio-processor/templates/workers/deployment.yaml';

/** Names, limits and figures at the start. Limits are those that `npm run shape` and its test hold the repository to. */
const table = {
  decodes: { figure: 'JSON and YAML decodes in templates', start: 149, limit: 30 },
  decodesOfSubcharts: { figure: '  in subcharts', start: 14 },
  encodes: { figure: 'JSON encodes in templates (toJson)', start: 85, limit: 15 },
  encodesOfSubcharts: { figure: '  in subcharts', start: 8 },
  yamlEncodes: { figure: 'YAML encodes in templates (toYaml)', start: 43 },
  chain: { figure: 'deepest include chain from an object page, edges', start: 9, limit: 4 },
  workerFiles: { figure: 'files that workers/deployment.yaml reaches, data included', start: 20 },
  workerFilesDirect: { figure: '  by includes and its own keys of the context', start: 20, limit: 6 },
  alertPlaces: { figure: 'places of one alert', start: 11, limit: 5 },
  named: { figure: 'named templates', start: 185, limit: 130 },
  namedInSubcharts: { figure: '  in subcharts', start: 74 },
  cycles: { figure: 'import cycles between folders', start: 1, limit: 0 },
  longTemplates: { figure: 'templates over 160 lines', start: 3, limit: 0 },
  longLines: { figure: 'template lines over 160 characters', start: 107, limit: 20 },
} as const satisfies Record<string, Pick<Figure, 'figure' | 'start' | 'limit'>>;

/** Names of the figures. */
export type FigureName = keyof typeof table;

/**
 * Measures a clone of this repository. Counts are of parsed template actions, comments excluded.
 * @param root folder of the clone
 */
export async function measureShape(root: string): Promise<Readonly<Record<FigureName, Figure>>> {
  const files = await textFiles(root);
  const written = files.filter(({ generated }) => !generated);
  const measured = {
    ...templateFigures(templatesOf(files)),
    ...alertFigure(written),
    ...cycleFigure(written),
  };
  const named = Object.entries(table).map(([name, row]) => [
    name,
    { ...row, ...measured[name as FigureName] },
  ]);
  return Object.fromEntries(named);
}

/** Figures above their limit. */
export function exceeded(figures: readonly Figure[]): readonly Figure[] {
  return figures.filter(({ now, limit }) => limit !== undefined && now > limit);
}

type Measured = Pick<Figure, 'now' | 'detail'>;

function templateFigures(templates: readonly TemplateFile[]) {
  const bodies = bodiesOf(templates);
  const includes = includesOf(bodies);
  const pages = bodies.filter(isObjectPage);
  const chain = pages
    .map(({ name }) => longestChain(name, includes))
    .reduce((one, other) => (other.length > one.length ? other : one), ['']);
  const fileOf = new Map(bodies.map(({ name, path }) => [name, path]));
  const filesOf = (names: readonly string[]) => new Set(names.map((name) => fileOf.get(name) ?? name));
  const reached = filesOf(reachedFrom(worker, includes));
  const direct = filesOf(reachedDirectly(worker, includes));
  const [parent, subcharts] = [bodies.filter((body) => !inSubchart(body)), bodies.filter(inSubchart)];
  const decoders = ['fromJson', 'fromJsonArray', 'fromYaml', 'fromYamlArray'];
  const long = templates.filter(({ text }) => text.trimEnd().split('\n').length > 160);
  const longLines = templates.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (line.length > 160 ? [`${short(path)}:${index + 1}`] : [])),
  );
  return {
    decodes: { now: callsOf(parent, decoders) },
    decodesOfSubcharts: { now: callsOf(subcharts, decoders) },
    encodes: { now: callsOf(parent, ['toJson']) },
    encodesOfSubcharts: { now: callsOf(subcharts, ['toJson']) },
    yamlEncodes: { now: callsOf(parent, ['toYaml']) },
    chain: { now: chain.length - 1, detail: chain.join(' → ') },
    workerFiles: { now: reached.size, detail: listed([...reached].map(short)) },
    workerFilesDirect: { now: direct.size, detail: listed([...direct].map(short)) },
    named: { now: parent.filter(isNamed).length },
    namedInSubcharts: { now: subcharts.filter(isNamed).length },
    longTemplates: { now: long.length, detail: listed(long.map(({ path }) => short(path))) },
    longLines: { now: longLines.length, detail: listed(longLines) },
  } satisfies Partial<Record<FigureName, Measured>>;
}

function alertFigure(files: readonly TextFile[]) {
  const most = [...alertPlaces(files)].reduce((one, other) =>
    other[1].length > one[1].length ? other : one,
  );
  const [name, places] = most;
  return { alertPlaces: { now: places.length, detail: `${name}: ${listed(places)}` } };
}

function cycleFigure(files: readonly TextFile[]) {
  const cycles = folderCycles(files);
  return { cycles: { now: cycles.length, detail: cycles.join('; ') } };
}

/** The templates of the chart and its subcharts, generated ones among them. */
function templatesOf(files: readonly TextFile[]): readonly TemplateFile[] {
  return files.filter(({ path }) => /^charts\/.*\/templates\/(.*\.(ya?ml|tpl)|NOTES\.txt)$/.test(path));
}

function inSubchart({ path }: Body): boolean {
  return path.startsWith('charts/audio-processor/charts/');
}

/** A path below the chart, where all templates are. */
function short(path: string): string {
  return path.replace(/^charts\/audio-processor\//, '');
}

function listed(items: readonly string[]): string {
  return items.join(', ');
}
