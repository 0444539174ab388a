import { parse } from 'yaml';
import { readManifests } from '../../src/chart/helm.ts';
import { alertNames } from '../../src/schema/alerts.ts';

/** A section whose keys other sections of its kind have as well, and the part of a render that it alone may change. */
export interface Section {
  /** Path of the section: `workers.pools.cpu`. */
  readonly path: string;
  /** Its part of a rendered stream, as text. */
  readonly own: (text: string) => string;
}

/** `helm template` writes this between two objects. */
const documents = (text: string) => text.split(/^---$/m);

const objectsOf = (component: string) => (text: string) =>
  documents(text)
    .filter((document) => /app\.kubernetes\.io\/component: (\S+)/.exec(document)?.[1] === component)
    .map((document) => document.trim())
    .join('\n---\n');

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

function rulesOf(text: string): readonly Rule[] {
  const document = documents(text).find((one) => one.includes('/rules-configmap.yaml')) ?? '';
  const [map] = readManifests(document) as readonly { data?: Readonly<Record<string, string>> }[];
  const rules = map?.data?.['audio-processor.yaml'];
  if (rules === undefined) return [];
  return (parse(rules) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
}

/** An alert's rule, the series of its values, and the recording rules that it reads. */
const ruleOf = (name: string) => (text: string) => {
  const rules = rulesOf(text);
  const records = rules.find(({ alert }) => alert === name)?.expr.match(/audio_processor:[\w:]+/g) ?? [];
  return JSON.stringify(
    rules.filter(
      ({ alert, record = '', labels }) =>
        alert === name || labels?.alertname === name || (records as string[]).includes(record),
    ),
  );
};

/** Sections by kind: components with their objects, alerts with their rules. */
const kinds: readonly (readonly Section[])[] = [
  [
    ['api', 'api'],
    ['workers.pools.cpu', 'worker'],
    ['beat', 'beat'],
    ['flower', 'flower'],
    ['prometheus', 'prometheus'],
    ['alertmanager', 'alertmanager'],
    ['grafana', 'grafana'],
  ].map(([path = '', component = '']) => ({ path, own: objectsOf(component) })),
  alertNames.map((name) => ({ path: `monitoring.alerts.${name}`, own: ruleOf(name) })),
];

/** The section of a leaf; undefined where no other section has its key. */
export function sectionOf(path: string): Section | undefined {
  return kinds.flat().find((section) => path.startsWith(`${section.path}.`));
}

/** The other sections of the same kind. */
export function neighboursOf(section: Section): readonly Section[] {
  return (kinds.find((sections) => sections.includes(section)) ?? []).filter((one) => one !== section);
}
