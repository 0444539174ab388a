import { expect } from 'vitest';
import { selects } from '../support.ts';
import { type OwnedPod, selectorsOf, titleOf } from './anatomy.ts';
import type { Invariants } from './input.ts';

/** Pod selectors may hold these and nothing else, so that no version and no value changes one. */
const selectorKeys = ['name', 'instance', 'component'].map((key) => `app.kubernetes.io/${key}`);

/** Components that may be in another namespace, `global.monitoring.namespace`. */
const ofMonitoring = ['prometheus', 'alertmanager', 'grafana', 'monitoring'];

/** Invariants about every object as such: kind, name, labels, selectors. */
export const objectInvariants: Invariants = {
  'is of a kind that needs no order and no hook, and only monitoring is in another namespace': (input) => {
    const elsewhere = input.objects.filter(({ metadata }) => metadata.namespace !== undefined);
    for (const object of elsewhere) {
      expect(ofMonitoring, titleOf(object)).toContain(
        object.metadata.labels?.['app.kubernetes.io/component'],
      );
    }
    // There they are together: what one mounts, another made. Rights are where the objects are that they are for.
    const together = elsewhere.filter(({ kind }) => !['Role', 'RoleBinding'].includes(kind));
    expect(new Set(together.map(({ metadata }) => metadata.namespace)).size).toBeLessThanOrEqual(1);
    for (const object of input.objects) {
      const { kind, metadata } = object;
      expect(['Namespace', 'Secret', 'Pod'], titleOf(object)).not.toContain(kind);
      expect(Object.keys(metadata.annotations ?? {}), titleOf(object)).not.toContain('helm.sh/hook');
      // Another name for another spec: a Job cannot be changed, only replaced.
      if (kind === 'Job') expect(metadata.name).toMatch(/-[0-9a-f]{8,}$/);
    }
  },

  'has a unique name, of at most 63 characters that DNS allows': (input) => {
    const names = input.objects.map(titleOf);
    expect(names.length).toBeGreaterThan(3);
    expect(repeated(names)).toEqual([]);
    for (const object of input.objects) {
      const { kind, metadata } = object;
      // A StatefulSet's name gets a suffix of 11 characters in the label controller-revision-hash; so does a CronJob's.
      const limit = kind === 'StatefulSet' || kind === 'CronJob' ? 52 : 63;
      const allowed = new RegExp(`^(?=.{1,${limit}}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$`);
      expect(metadata.name, titleOf(object)).toMatch(allowed);
    }
  },

  'carries the recommended labels, each a valid label value': (input) => {
    for (const object of input.objects) {
      expect(Object.keys(object.metadata.labels ?? {}), titleOf(object)).toEqual(
        expect.arrayContaining([
          ...selectorKeys,
          'app.kubernetes.io/part-of',
          'app.kubernetes.io/version',
          'app.kubernetes.io/managed-by',
          'helm.sh/chart',
        ]),
      );
    }
    const labelled = [
      ...input.objects.map((object) => ({ title: titleOf(object), labels: object.metadata.labels ?? {} })),
      ...input.pods.map(({ owner, labels }) => ({ title: `a pod of ${owner}`, labels })),
    ];
    for (const { title, labels } of labelled) {
      for (const value of Object.values(labels)) {
        expect(value, title).toMatch(/^((?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/);
      }
    }
  },

  'selects by name, instance, component and pool only, which no version changes': (input) => {
    const selectors = selectorsOf(input.objects);
    expect(selectors.length).toBeGreaterThan(2);
    for (const { owner, matchLabels } of selectors) {
      expect([...selectorKeys, 'audio-processor/pool'], owner).toEqual(
        expect.arrayContaining(Object.keys(matchLabels)),
      );
      expect(Object.keys(matchLabels), owner).toEqual(expect.arrayContaining(selectorKeys));
    }
  },

  'selects the pods of one workload, and no two of a kind select the same': (input) => {
    const selectors = selectorsOf(input.objects);
    const selected = selectors.map(({ owner, kind, matchLabels }) => {
      const owners = ownersOf(input.pods, matchLabels);
      expect(owners, `${owner} selects`).toHaveLength(1);
      // A workload: its own. A Service or budget: those of some workload, never of a Job.
      const [podOwner = ''] = owners;
      if (input.pods.some((pod) => pod.owner === owner)) expect(podOwner).toBe(owner);
      return `the pods of ${podOwner} by two of kind ${kind}`;
    });
    expect(repeated(selected)).toEqual([]);
  },

  'spreads and keeps apart its own pods, where it spreads them': (input) => {
    for (const { labels, spec, owner } of input.pods) {
      for (const { labelSelector } of spec.topologySpreadConstraints ?? []) {
        const { matchLabels = {} } = (labelSelector ?? {}) as { matchLabels?: Record<string, string> };
        expect(selects(matchLabels, labels), owner).toBe(true);
        expect(ownersOf(input.pods, matchLabels)).toEqual([owner]);
      }
    }
  },

  'keeps the chart version out of pods, which it would restart': (input) => {
    for (const { owner, labels } of input.pods) {
      expect(Object.keys(labels), owner).not.toContain('helm.sh/chart');
      expect(Object.keys(labels), owner).not.toContain('app.kubernetes.io/version');
    }
  },
};

function ownersOf(pods: readonly OwnedPod[], matchLabels: Readonly<Record<string, string>>) {
  return pods.filter(({ labels }) => selects(matchLabels, labels)).map(({ owner }) => owner);
}

function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
