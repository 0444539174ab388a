import { parse } from 'yaml';
import { readManifests } from '../../src/chart/helm.ts';
import { alertNames } from '../../src/schema/alerts.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import type { Mutation } from './mutations.ts';

/** One render with some leaves changed, and what it is compared with. */
export interface Change {
  readonly paths: readonly string[];
  readonly before: ValueMap;
  readonly after: ValueMap;
}

/** A leaf, the renders that its group is changed in, and what of a render is the leaf's own. */
export interface Grouped {
  readonly path: string;
  readonly own: (text: string) => string;
  readonly changes: readonly Change[];
}

interface Section {
  /** Path of a section whose keys other sections have as well. */
  readonly path: string;
  readonly own: (text: string) => string;
}

/** `helm template` writes this between two objects. */
const documents = (text: string) => text.split(/^---$/m);

const componentOf = (document: string) => /app\.kubernetes\.io\/component: (\S+)/.exec(document)?.[1];

const objectsOf = (component: string) => (text: string) =>
  documents(text)
    .filter((document) => componentOf(document) === component)
    .join('---');

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rules by the text of their document: every alert reads those of the same renders. */
const read = new Map<string, readonly Rule[]>();

function rulesOf(text: string): readonly Rule[] {
  const document = documents(text).find((one) => one.includes('/rules-configmap.yaml')) ?? '';
  const rules = read.get(document) ?? readRules(document);
  read.set(document, rules);
  return rules;
}

function readRules(document: string): readonly Rule[] {
  const [map] = readManifests(document) as readonly { data?: Readonly<Record<string, string>> }[];
  const file = parse(map?.data?.['audio-processor.yaml'] ?? '') as { groups: { rules: Rule[] }[] };
  return file.groups.flatMap(({ rules }) => rules);
}

/** An alert's rule, its numbers as series, and the records that it reads by itself. */
const ruleOf = (name: string) => (text: string) => {
  const rules = rulesOf(text);
  const read = rules.find(({ alert }) => alert === name)?.expr.match(/audio_processor:[\w:]+/g) ?? [];
  return JSON.stringify(
    rules.filter(
      ({ alert, record = '', labels }) =>
        alert === name || labels?.alertname === name || (read as string[]).includes(record),
    ),
  );
};

const components = [
  ['api', 'api'],
  ['workers.pools.cpu', 'worker'],
  ['beat', 'beat'],
  ['flower', 'flower'],
  ['prometheus', 'prometheus'],
  ['alertmanager', 'alertmanager'],
  ['grafana', 'grafana'],
];

/** Sections of a kind: a key of one has the same meaning in the others. */
const kinds: readonly (readonly Section[])[] = [
  components.map(([path = '', component = '']) => ({ path, own: objectsOf(component) })),
  alertNames.map((name) => ({ path: `monitoring.alerts.${name}`, own: ruleOf(name) })),
];

/**
 * The leaves in as few renders as prove each: leaves with the same key in several sections are changed together. The
 * first of them is changed in the render 1, the second in 2, the third in 1 and 2, and so on, as the bits of its number:
 * no two in the same renders. So a section that follows its own leaf only, and not that of a neighbour, changes in its
 * own renders only, and four renders distinguish fifteen sections.
 * @param alone leaves that are rendered by themselves, as is every one whose key is in fewer than three sections.
 */
export function grouped(
  mutations: readonly Mutation[],
  alone: (path: string) => boolean,
): readonly Grouped[] {
  const groups = new Map<string, { mutation: Mutation; own: Section['own'] }[]>();
  for (const mutation of mutations) {
    const { group, own } = groupOf(mutation.path, alone);
    groups.set(group, [...(groups.get(group) ?? []), { mutation, own }]);
  }
  return [...groups.values()].flatMap((members) => {
    const together = members.length > 2 ? [members] : members.map((member) => [member]);
    return together.flatMap((some) => {
      const changes = changesOf(some.map(({ mutation }) => mutation));
      return some.map(({ mutation, own }) => ({
        path: mutation.path,
        own: some.length > 1 ? own : (text: string) => text,
        changes,
      }));
    });
  });
}

function groupOf(path: string, alone: (path: string) => boolean) {
  const kind = kinds.findIndex((sections) => sections.some((one) => path.startsWith(`${one.path}.`)));
  const section = kinds[kind]?.find((one) => path.startsWith(`${one.path}.`));
  if (section === undefined || alone(path)) return { group: path, own: (text: string) => text };
  return { group: `${kind}:${path.slice(section.path.length)}`, own: section.own };
}

function changesOf(members: readonly Mutation[]): readonly Change[] {
  const before = members.reduce<ValueMap>((all, { context }) => mergeValues(all, [context]), {});
  const bits = [...members.length.toString(2)].map((_, bit) => bit);
  return bits.map((bit) => {
    const chosen = members.filter((_, index) => (index + 1) & (1 << bit));
    return {
      paths: chosen.map(({ path }) => path),
      before,
      after: mergeValues(
        before,
        chosen.map(({ overlay }) => overlay),
      ),
    };
  });
}
