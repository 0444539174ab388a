import { expect } from 'vitest';
import type { Manifest } from '../../../src/chart/helm.ts';
import { selects } from '../support.ts';
import { isMap, titleOf } from './anatomy.ts';
import { external } from './external.ts';
import type { InvariantInput, Invariants } from './input.ts';
import { madeBy, referencesOf } from './references.ts';

/** Where an object is that names no namespace; every case is rendered for it. */
const releaseNamespace = 'ml-service';

/** Invariants about references between objects. */
export const linkInvariants: Invariants = {
  'refers to what exists, or to what the list of external objects names with its keys': (input) => {
    const made = madeBy(input.objects);
    const dangling = referencesOf(input.objects).filter(({ kind, name, key, optional }) => {
      const title = `${kind}/${name}`;
      if (!made.has(title)) {
        const outside = external[title];
        // The files that a server would read: nobody waits for them.
        if (outside === undefined) return !(kind === 'ConfigMap' && optional);
        const keys = optional ? outside.optionalKeys : outside.keys;
        return key !== undefined && keys !== undefined && !keys.includes(key);
      }
      if (kind !== 'ConfigMap' || key === undefined) return false;
      return !Object.keys((input.object(kind, name)?.data ?? {}) as object).includes(key);
    });
    expect(dangling).toEqual([]);
  },

  'refers to what is in its own namespace, unless it names the other': (input) => {
    const namespaces = new Map(
      input.objects.flatMap((object) =>
        [...madeBy([object])].map((made) => [made, object.metadata.namespace ?? releaseNamespace] as const),
      ),
    );
    for (const object of input.objects) {
      for (const { kind, name, namespace } of referencesOf([object])) {
        const target = namespaces.get(`${kind}/${name}`);
        if (target === undefined || isClusterWide(kind)) continue;
        expect(target, `${titleOf(object)} → ${kind}/${name}`).toBe(
          namespace ?? object.metadata.namespace ?? releaseNamespace,
        );
      }
    }
  },

  'names Service ports that there are, each the named port of a container': (input) => {
    for (const { kind, name, key, from } of referencesOf(input.objects)) {
      if (kind !== 'Service' || key === undefined) continue;
      const ports = input.services.find(({ metadata }) => metadata.name === name)?.spec.ports ?? [];
      const known = ports.flatMap((port) => [port.name, String(port.port)]);
      expect(known, `${from} → ${name}`).toContain(key);
    }
    for (const { spec, metadata } of input.services) {
      const pods = input.pods.filter(({ labels }) => selects(spec.selector, labels));
      expect(pods).toHaveLength(1);
      const named = pods.flatMap(({ lasting }) => lasting).flatMap(({ ports = [] }) => ports);
      for (const { targetPort } of spec.ports) {
        expect(
          named.map(({ name }) => name),
          metadata.name,
        ).toContain(targetPort);
      }
    }
  },

  'scales workloads that there are, by one autoscaler each, which alone sets their number': (input) => {
    const scaled = new Map<string, string>();
    for (const scaler of input.objects) {
      const { scaleTargetRef } = (scaler.spec ?? {}) as { scaleTargetRef?: Readonly<Record<string, string>> };
      if (scaleTargetRef === undefined) continue;
      const { kind = 'Deployment', name = '' } = scaleTargetRef;
      const target = input.object(kind, name);
      expect(target, titleOf(scaler)).toBeDefined();
      const { replicas } = (target?.spec ?? {}) as { replicas?: number };
      expect(replicas, titleOf(scaler)).toBeUndefined();
      checkBounds(scaler);
      checkMetrics(scaler, input, `${kind}/${name}`);
      expect(scaled.get(`${kind}/${name}`), `${titleOf(scaler)} scales ${kind}/${name}`).toBeUndefined();
      scaled.set(`${kind}/${name}`, titleOf(scaler));
    }
  },

  'never makes an autoscaler of the name that KEDA would give its own': (input) => {
    const names = input.objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(titleOf);
    for (const scaled of input.objects.filter(({ kind }) => kind === 'ScaledObject')) {
      const named = JSON.stringify(scaled.spec).match(
        /"horizontalPodAutoscalerConfig":\{[^}]*"name":"([^"]+)"/,
      );
      expect(names).not.toContain(
        `HorizontalPodAutoscaler/${named?.[1] ?? `keda-hpa-${scaled.metadata.name}`}`,
      );
    }
  },

  'never lets a budget hold the only pod of a workload': (input) => {
    for (const budget of input.objects.filter(({ kind }) => kind === 'PodDisruptionBudget')) {
      const { selector, ...spec } = budget.spec as {
        selector: { matchLabels: Record<string, string> };
        unhealthyPodEvictionPolicy?: string;
      };
      const workload = input.workloads.find((one) =>
        selects(selector.matchLabels, one.spec.template.metadata.labels),
      );
      expect(workload?.spec.replicas, titleOf(budget)).not.toBe(1);
      expect(workload?.spec.replicas, titleOf(budget)).not.toBe(0);
      expect(spec.unhealthyPodEvictionPolicy, titleOf(budget)).toBe('AlwaysAllow');
    }
  },
};

/** Whether objects of a kind are in no namespace. */
function isClusterWide(kind: string): boolean {
  return kind.startsWith('Cluster');
}

interface Metric {
  readonly type: string;
  readonly containerResource?: { readonly name: string; readonly container: string };
  readonly resource?: { readonly name: string };
}

function checkBounds(scaler: Manifest): void {
  const spec = scaler.spec as Readonly<Record<string, number | undefined>>;
  const least = spec.minReplicas ?? spec.minReplicaCount ?? 1;
  const most = spec.maxReplicas ?? spec.maxReplicaCount ?? 0;
  expect(most, titleOf(scaler)).toBeGreaterThanOrEqual(Math.max(least, 1));
  if (scaler.kind === 'HorizontalPodAutoscaler') expect(least, titleOf(scaler)).toBeGreaterThan(0);
}

/** Shares are of requests: the containers that are measured must have one. */
function checkMetrics(scaler: Manifest, { pods }: InvariantInput, target: string): void {
  const { metrics } = scaler.spec as { metrics?: readonly Metric[] };
  const pod = pods.find(({ owner }) => owner === target);
  for (const { containerResource, resource } of metrics ?? []) {
    const measured = (pod?.lasting ?? []).filter(
      ({ name }) => containerResource === undefined || name === containerResource.container,
    );
    expect(measured.length, titleOf(scaler)).toBeGreaterThan(0);
    for (const { resources } of measured) {
      const name = containerResource?.name ?? resource?.name;
      if (name !== undefined) expect(isMap(resources.requests) && name in resources.requests).toBe(true);
    }
  }
}
