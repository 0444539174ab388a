import { beforeAll, describe, expect, test } from 'vitest';
import { type Manifest, renderChart } from '../../src/chart/helm.ts';
import type { ValueMap } from '../../src/values/merge.ts';
import { podsOf } from './invariants/anatomy.ts';
import { invariantInput } from './invariants/input.ts';
import { invariants } from './invariants/invariants.ts';
import { type Scene, scene } from './invariants/scene.ts';

type Break = (scene: Scene) => void;

const worker = 'Deployment/audio-worker';
const template = 'spec.template.spec';
const first = `${template}.containers.0`;
const targets = (name: string, more: object = {}) => ({
  spec: { scaleTargetRef: { kind: 'Deployment', name }, minReplicas: 2, maxReplicas: 4, ...more },
});
const protects = (component: string, more: object = {}) => ({
  spec: {
    selector: {
      matchLabels: {
        'app.kubernetes.io/name': 'audio-processor',
        'app.kubernetes.io/instance': 'audio-processor',
        'app.kubernetes.io/component': component,
      },
    },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    ...more,
  },
});

/** Mutations that violate each invariant, by title. The workers are fixed here, the API is not. */
const breaks: Readonly<Record<string, Readonly<Record<string, Break>>>> = {
  'is of a kind that needs no order and no hook, and only monitoring is in another namespace': {
    'a Secret': ({ add }) => add('Secret', 'one', {}),
    'a namespace': ({ set }) => set(worker, 'metadata.namespace', 'elsewhere'),
    'a hook': ({ set }) => set(worker, 'metadata.annotations', { 'helm.sh/hook': 'pre-install' }),
    'a Job that keeps its name': ({ add }) => add('Job', 'prefetch', {}),
  },
  'has a unique name, of at most 63 characters that DNS allows': {
    'a second object of one name': ({ add }) => add('ConfigMap', 'ml-service-config', {}),
    'a dot': ({ set }) => set(worker, 'metadata.name', 'audio.worker'),
    'a StatefulSet of 53 characters': ({ set }) => set('StatefulSet/redis', 'metadata.name', 'r'.repeat(53)),
  },
  'carries the recommended labels, each a valid label value': {
    'a missing label': ({ set }) => set(worker, 'metadata.labels', {}),
    'a value with a slash': ({ set }) => set(worker, 'spec.template.metadata.labels.team', 'a/b'),
  },
  'selects by name, instance, component and pool only, which no version changes': {
    'a version': ({ set }) => set(worker, 'spec.selector.matchLabels.version', 'v1'),
    'the name alone': ({ set }) =>
      set('Service/redis-service', 'spec.selector', { 'app.kubernetes.io/name': 'audio-processor' }),
  },
  'selects the pods of one workload, and no two of a kind select the same': {
    'all workers at once': ({ add }) => add('PodDisruptionBudget', 'workers', protects('worker')),
    'no pod': ({ add }) => add('PodDisruptionBudget', 'nobody', protects('nothing')),
    'the pod of another': ({ set }) => set(worker, 'spec.selector.matchLabels', selectorOf('api')),
    'two budgets': ({ add }) => {
      add('PodDisruptionBudget', 'one', protects('api'));
      add('PodDisruptionBudget', 'two', protects('api'));
    },
  },
  'spreads and keeps apart its own pods, where it spreads them': {
    'another component': ({ set }) =>
      set(worker, `${template}.topologySpreadConstraints.0.labelSelector.matchLabels`, selectorOf('api')),
  },
  'keeps the chart version out of pods, which it would restart': {
    'a version label': ({ set }) => set(worker, 'spec.template.metadata.labels.helm.sh/chart', 'any'),
  },
  'runs under Pod Security `restricted`, with a numeric user and no token but that of Prometheus': {
    root: ({ set }) => set(worker, `${template}.securityContext.runAsUser`, 0),
    'a token': ({ set }) => set(worker, `${template}.automountServiceAccountToken`, true),
    'service links': ({ set }) => set(worker, `${template}.enableServiceLinks`, undefined),
  },
  'hardens every container, with a read-only root': {
    'an init container': ({ set, objects }) =>
      set(worker, `${template}.initContainers`, [
        { ...podsOf(objects)[0]?.containers[0], securityContext: { readOnlyRootFilesystem: true } },
      ]),
  },
  'writes to volumes of one known kind and of limited size, and mounts all that it names': {
    'no limit': ({ set }) => set(worker, `${template}.volumes.0`, { name: 'work', emptyDir: {} }),
    'a host path': ({ set }) => set(worker, `${template}.volumes.0`, { name: 'work', hostPath: {} }),
    'an unmounted volume': ({ set }) => set(worker, `${template}.volumes.0.name`, 'unused'),
  },
  'requests cpu, memory and disk, and limits memory and disk': {
    'no limit': ({ set }) => set(worker, `${first}.resources.limits`, { cpu: '1' }),
    'no request': ({ set }) => set(worker, `${first}.resources.requests`, { memory: '1Gi' }),
  },
  'names its image with a tag that is not `latest`': {
    'no tag': ({ set }) => set(worker, `${first}.image`, 'registry.example.com:5000/audio-processor'),
    latest: ({ set }) => set(worker, `${first}.image`, 'audio-processor:latest'),
  },
  'has the three probes in the containers that a workload is made for': {
    'no readiness': ({ set }) => set(worker, `${first}.readinessProbe`, undefined),
  },
  'is stopped by a hook in every container of a pod that may take longer than a minute to go': {
    'a sidecar without one': ({ set }) => set(worker, `${template}.initContainers.0.lifecycle`, undefined),
  },
  'has no two ports of one name or number, and probes only ports that it names': {
    'a number': ({ set }) => set('Deployment/audio-processor', `${first}.livenessProbe.httpGet.port`, 8000),
    'one number twice': ({ set }) =>
      set('Deployment/audio-processor', `${first}.ports.1`, { name: 'metrics', containerPort: 8000 }),
  },
  'names no environment variable twice, and uses $(NAME) only after NAME': {
    'a name twice': ({ set }) =>
      set(worker, `${first}.env`, [
        { name: 'A', value: '' },
        { name: 'A', value: '' },
      ]),
    'a later name': ({ set }) =>
      set(worker, `${first}.env`, [
        { name: 'A', value: '$(B)' },
        { name: 'B', value: '' },
      ]),
  },
  'takes secrets by reference': {
    'a plain one': ({ set }) => set(worker, `${first}.env.0`, { name: 'MASTERML_TOKEN', value: 'plain' }),
    'a file that is of no Secret': ({ set }) =>
      set(worker, `${first}.env.0`, { name: 'MASTERML_TOKEN', value: '$__file{/tmp/token}' }),
  },
  'reaches the broker of the release where there is one': {
    'another host': ({ set }) =>
      set(worker, `${first}.env`, [
        { name: 'CELERY_BROKER_URL', value: 'redis://:$(REDIS_PASSWORD)@x:6379/0' },
      ]),
  },
  'refers to what exists, or to what the list of external objects names with its keys': {
    'another claim': ({ set }) =>
      set('StatefulSet/redis', `${template}.volumes.0.persistentVolumeClaim.claimName`, 'missing'),
    'a key that the Secret need not have': ({ set }) =>
      set(worker, `${first}.env.0.valueFrom`, {
        secretKeyRef: { name: 'ml-service-secrets', key: 'HUGGINGFACE_TOKEN' },
      }),
    'a file that the ConfigMap lacks': ({ set }) =>
      set('ConfigMap/ml-service-mounted', 'data', { 'drain.sh': '' }),
  },
  'refers to what is in its own namespace, unless it names the other': {
    'a ConfigMap of another': ({ set }) =>
      set('ConfigMap/ml-service-config', 'metadata.namespace', 'elsewhere'),
    "an Ingress with another's certificate": ({ add, set }) => {
      add('Certificate', 'one', { spec: { secretName: 'one-tls' } });
      set('Certificate/one', 'metadata.namespace', 'elsewhere');
      add('Ingress', 'one', { spec: { tls: [{ secretName: 'one-tls' }] } });
    },
    'an account of no namespace': ({ add, set }) => {
      set('ServiceAccount/ml-service-sa', 'metadata.namespace', 'elsewhere');
      add('RoleBinding', 'one', {
        subjects: [{ kind: 'ServiceAccount', name: 'ml-service-sa', namespace: '' }],
      });
    },
  },
  'names Service ports that there are, each the named port of a container': {
    'a number': ({ set }) => set('Service/redis-service', 'spec.ports.0.targetPort', 6379),
    'a route to no port': ({ add }) =>
      add('HTTPRoute', 'one', {
        spec: { rules: [{ backendRefs: [{ name: 'audio-processor-service', port: 1 }] }] },
      }),
  },
  'scales workloads that there are, by one autoscaler each, which alone sets their number': {
    'no workload': ({ add }) => add('HorizontalPodAutoscaler', 'one', targets('missing')),
    'a fixed number': ({ add }) => add('HorizontalPodAutoscaler', 'one', targets('audio-worker')),
    'two of them': ({ add }) => {
      add('HorizontalPodAutoscaler', 'one', targets('audio-processor'));
      add('ScaledObject', 'two', targets('audio-processor'));
    },
    'nothing to scale between': ({ add }) =>
      add('HorizontalPodAutoscaler', 'one', targets('audio-processor', { maxReplicas: 1 })),
    'a container that is not there': ({ add }) =>
      add(
        'HorizontalPodAutoscaler',
        'one',
        targets('audio-processor', { metrics: [{ containerResource: { name: 'cpu', container: 'no' } }] }),
      ),
  },
  'exposes GPUs to workers that have one, and to no other container': {
    'an API that sees them': ({ set }) => set('Deployment/audio-processor', `${first}.env`, []),
    'an API that holds one': ({ set }) =>
      set('Deployment/audio-processor', `${first}.resources.limits`, { 'nvidia.com/gpu': '1' }),
    'a sidecar that sees them': ({ set }) => set(worker, `${template}.initContainers.0.env`, []),
    'a holder that sees none': ({ set }) =>
      set(worker, `${first}.resources.limits`, { 'nvidia.com/gpu': '1' }),
  },
  'counts in files only in workers, beside a sidecar that reads them': {
    'an API that counts in files': ({ set }) =>
      set('Deployment/audio-processor', `${first}.env.0`, {
        name: 'PROMETHEUS_MULTIPROC_DIR',
        value: '/tmp',
      }),
    'no sidecar': ({ set }) => set(worker, `${template}.initContainers`, []),
    'a sidecar of another folder': ({ set }) => set(worker, `${template}.initContainers.0.volumeMounts`, []),
  },
  'measures the containers of every workload by a recording rule with its component': {
    'a Deployment of another name': ({ set }) => set(worker, 'metadata.name', 'audio-unmeasured'),
    'another component': ({ set }) =>
      set('StatefulSet/redis', 'spec.template.metadata.labels.app.kubernetes.io/component', 'cache'),
    'rules of no workload': ({ add }) => add('PrometheusRule', 'one', { spec: { groups: [] } }),
  },
  'never makes an autoscaler of the name that KEDA would give its own': {
    'the name of ours': ({ add }) => {
      add('HorizontalPodAutoscaler', 'keda-hpa-one', targets('audio-processor'));
      add('ScaledObject', 'one', targets('audio-processor'));
    },
  },
  'never lets a budget hold the only pod of a workload': {
    'a single broker': ({ add }) => add('PodDisruptionBudget', 'one', protects('broker')),
    'a pod that is broken for ever': ({ add }) =>
      add('PodDisruptionBudget', 'one', protects('api', { unhealthyPodEvictionPolicy: 'IfHealthyBudget' })),
  },
};

describe('an invariant is violated by', () => {
  let sound: readonly Manifest[];
  beforeAll(async () => {
    sound = await renderChart({ values: plain });
  });

  test('every invariant has a mutation that violates it', () => {
    expect(Object.keys(breaks).sort()).toEqual(Object.keys(invariants).sort());
  });

  const rows = Object.entries(breaks).flatMap(([invariant, ways]) =>
    Object.entries(ways).map(([title, change]) => ({ invariant, title, change })),
  );
  test.each(rows)('$title: $invariant', ({ invariant, change }) => {
    const check = invariants[invariant] ?? (() => {});
    const objects = structuredClone(sound) as Manifest[];
    expect(() => check(invariantInput(objects))).not.toThrow();
    const mutated = scene(objects);
    change(mutated);
    const violated = violation(() => check(invariantInput(objects)));
    expect(
      mutated.changed.some((name) => violated.includes(name)),
      violated,
    ).toBe(true);
  });
});

/** A render with one of everything that the breaks change. */
const plain: ValueMap = {
  api: { scaling: { engine: 'manual' } },
  prometheus: { enabled: true },
  workers: { pools: { batch: { queues: { batch: {} } } } },
};

function selectorOf(component: string): Readonly<Record<string, string>> {
  return protects(component).spec.selector.matchLabels;
}

/** Message and compared values of the assertion that fails. Any other error is that of a broken check. */
function violation(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AssertionError') throw error;
    const { actual, expected } = error as { actual?: unknown; expected?: unknown };
    return `${error.message} ${JSON.stringify({ actual, expected })}`;
  }
  throw new Error('the invariant is not violated');
}
