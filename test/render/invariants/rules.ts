import { expect } from 'vitest';
import { parse } from 'yaml';
import type { Manifest } from '../../../src/chart/helm.ts';
import { titleOf } from './anatomy.ts';
import type { Invariants } from './input.ts';

/** Components whose containers no recording rule measures, and why. A Job has none either: it ends by itself. */
const unmeasured: Readonly<Record<string, string>> = {
  'broker-exporter': 'a missing scrape target is its alert',
  prometheus: 'a server, which its own metrics describe',
  alertmanager: 'the same',
  grafana: 'the same',
};

interface Rule {
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Groups of rules, as Prometheus reads them. */
interface RuleFile {
  readonly groups?: readonly { readonly rules: readonly Rule[] }[];
}

/** Invariants of the recording rules, where something evaluates them. */
export const ruleInvariants: Invariants = {
  'measures the containers of every workload by a recording rule with its component': ({ objects, pods }) => {
    const files = objects.flatMap(ruleFileOf);
    const componentOf = (labels: Readonly<Record<string, string>>) =>
      labels['app.kubernetes.io/component'] ?? '';
    // A parent chart may use this one more than once, with an alias as its name.
    const chartOf = (labels: Readonly<Record<string, string>>) => labels['app.kubernetes.io/name'];
    if (pods.some(({ labels }) => componentOf(labels) === 'prometheus')) expect(files).not.toEqual([]);
    for (const { title, labels: own, file } of files) {
      const described = pods.filter(({ labels }) => chartOf(labels) === chartOf(own));
      expect(described, `${title} has the name of no pod's chart`).not.toEqual([]);
      const rules = (file.groups ?? [])
        .flatMap((group) => group.rules)
        .filter(({ record }) => record === 'audio_processor:container_memory:ratio');
      for (const { owner, labels, endsByItself } of described) {
        const component = componentOf(labels);
        if (endsByItself || component in unmeasured) continue;
        const [kind = '', name = ''] = owner.split('/');
        const pod = kind === 'StatefulSet' ? `${name}-0` : podOfDeployment(name);
        const measured = rules
          .filter(({ expr }) => new RegExp(`^(${/pod=~"([^"]+)"/.exec(expr)?.[1] ?? ''})$`).test(pod))
          .map((rule) => rule.labels?.component);
        expect(
          measured,
          `${title} has no recording rule for ${owner}: set base in the derivation of the component, and add it to templates/_shared/_workload-values.tpl`,
        ).toEqual([component]);
      }
    }
  },
};

/** A name of a Deployment's pod: Kubernetes cuts what it is made of after 58 characters. */
function podOfDeployment(name: string): string {
  return `${`${name}-5d4f6c7b8-`.slice(0, 58)}x2x4z`;
}

interface TitledRules {
  readonly title: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly file: RuleFile;
}

/** The rules in an object: of a PrometheusRule, or of the ConfigMap that the bundled Prometheus mounts. */
function ruleFileOf(object: Manifest): readonly TitledRules[] {
  const title = titleOf(object);
  const labels = object.metadata.labels ?? {};
  if (object.kind === 'PrometheusRule') return [{ title, labels, file: object.spec as RuleFile }];
  if (object.kind !== 'ConfigMap') return [];
  const { data = {} } = object as Manifest & { readonly data?: Readonly<Record<string, string>> };
  return Object.entries(data)
    .filter(([key, text]) => key.endsWith('.yaml') && /^groups:/m.test(text))
    .map(([, text]) => ({ title, labels, file: parse(text) as RuleFile }));
}
