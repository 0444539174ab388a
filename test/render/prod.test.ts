import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { type Container, envOf, type Rendering, render } from './support.ts';

/** What the raw manifests gave each workload. */
interface Original {
  readonly image: string;
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  /** Words of the worker's command. */
  readonly command: readonly string[];
}

const gpu = { 'nvidia.com/gpu': '1' };

/** The tables of the raw manifests, by the names of Deployments and containers; images with tags in place of `latest`. */
const original: Readonly<Record<string, Original>> = {
  'audio-processor': {
    image: 'audio-processor:v1.4.2',
    requests: { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '2Gi' },
    limits: { cpu: '1', memory: '2Gi', 'ephemeral-storage': '4Gi' },
    command: ['uvicorn', 'src.main:app', '8000', '--workers'],
  },
  'audio-worker': {
    image: 'audio-processor:v1.4.2',
    requests: { cpu: '1', memory: '2Gi', 'ephemeral-storage': '4Gi' },
    limits: { cpu: '2', memory: '4Gi', 'ephemeral-storage': '8Gi' },
    command: [
      'src.celery_app',
      '--concurrency=4',
      '--max-tasks-per-child=100',
      '--time-limit=3600',
      '--soft-time-limit=3300',
    ],
  },
  'audio-gpu-worker': {
    image: 'audio-processor:v1.4.2-gpu',
    requests: { cpu: '2', memory: '8Gi', 'ephemeral-storage': '8Gi', ...gpu },
    limits: { cpu: '4', memory: '16Gi', 'ephemeral-storage': '16Gi', ...gpu },
    command: [
      'gpu_queue',
      '--concurrency=2',
      '--max-tasks-per-child=50',
      '--time-limit=7200',
      '--soft-time-limit=6900',
    ],
  },
};

/** The same of the autoscalers: bounds, share of the requested CPU, and how fast they act. */
const autoscalers = {
  'audio-processor-hpa': {
    target: 'audio-processor',
    bounds: [3, 10],
    cpu: 70,
    down: [300, 'Percent 10/60'],
    up: [60, 'Percent 50/60', 'Pods 2/60'],
  },
  'audio-worker-hpa': {
    target: 'audio-worker',
    bounds: [5, 20],
    cpu: 80,
    down: [600, 'Percent 20/120'],
    up: [120, 'Percent 100/120', 'Pods 5/120'],
  },
  'audio-gpu-worker-hpa': {
    target: 'audio-gpu-worker',
    bounds: [1, 5],
    cpu: 75,
    down: [900, 'Percent 50/300'],
    up: [300, 'Percent 100/300', 'Pods 1/300'],
  },
};

interface Autoscaler {
  readonly scaleTargetRef: { readonly name: string };
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly metrics: readonly {
    readonly containerResource: {
      readonly name: string;
      readonly container: string;
      readonly target: { readonly averageUtilization: number };
    };
  }[];
  readonly behavior: Readonly<Record<'scaleDown' | 'scaleUp', Behaviour>>;
}

interface Behaviour {
  readonly stabilizationWindowSeconds: number;
  readonly selectPolicy: string;
  readonly policies: readonly { type: string; value: number; periodSeconds: number }[];
}

describe('environments/prod.yaml', () => {
  let rendered: Rendering;
  beforeAll(async () => {
    rendered = await render({ valuesFiles: [join(repositoryRoot, 'environments/prod.yaml')] });
  });
  const container = (name: string): Container => {
    const found = rendered.workload(name).spec.template.spec.containers.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no container ${name}`);
    return found;
  };

  test.each(Object.entries(original))('gives %s the resources of the raw manifests', (name, expected) => {
    const { requests = {}, limits = {} } = container(name).resources;
    // Of a device a limit is its request as well.
    const devices = Object.entries(limits).filter(([resource]) => resource.includes('/'));
    expect({ ...Object.fromEntries(devices), ...requests }).toEqual(expected.requests);
    expect(limits).toEqual(expected.limits);
  });

  test.each(Object.entries(original))('gives %s its image, command and limits', (name, expected) => {
    const { image, command } = container(name);
    expect(image).toBe(`registry.example.com/${expected.image}`);
    for (const word of expected.command) expect(command).toContain(word);
  });

  test.each(Object.entries(autoscalers))(
    'scales by %s as the raw manifests did, on CPU',
    (name, expected) => {
      const found = rendered.objects.find(
        ({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name === name,
      );
      if (found === undefined) throw new Error(`no autoscaler ${name}`);
      const { scaleTargetRef, minReplicas, maxReplicas, metrics, behavior } = found.spec as Autoscaler;
      // Memory is no target: Python does not give it back, so the raw manifests' second target held the pods up.
      expect(metrics.map(({ containerResource: { name, container } }) => [name, container])).toEqual([
        ['cpu', expected.target],
      ]);
      const speed = ({ stabilizationWindowSeconds, policies }: Behaviour) => [
        stabilizationWindowSeconds,
        ...policies.map(({ type, value, periodSeconds }) => `${type} ${value}/${periodSeconds}`),
      ];
      expect({
        target: scaleTargetRef.name,
        bounds: [minReplicas, maxReplicas],
        cpu: metrics[0]?.containerResource.target.averageUtilization,
        down: speed(behavior.scaleDown),
        up: speed(behavior.scaleUp),
      }).toEqual(expected);
      expect(behavior.scaleUp.selectPolicy).toBe('Max');
    },
  );

  test('keeps the names that operators type', () => {
    const named = (kind: string) =>
      rendered.objects.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
    expect(named('Deployment')).toEqual(expect.arrayContaining(Object.keys(original)));
    expect(named('Service')).toEqual(
      expect.arrayContaining([
        ...['audio-processor-service', 'redis-service', 'flower-service'],
        ...['prometheus-service', 'grafana-service', 'alertmanager-service'],
      ]),
    );
    expect(named('Deployment')).toEqual(expect.arrayContaining(['prometheus', 'grafana', 'alertmanager']));
    expect(named('ServiceAccount')).toContain('ml-service-sa');
    expect(named('ConfigMap')).toContain('ml-service-config');
  });

  test('serves at the ports of the raw manifests', () => {
    const ports = Object.fromEntries(
      rendered.services.map(({ metadata, spec }) => [metadata.name, spec.ports[0]?.port]),
    );
    expect(ports).toMatchObject({
      'audio-processor-service': 8000,
      'redis-service': 6379,
      'flower-service': 5555,
    });
  });

  test('runs the GPU pool on the nodes that the raw manifests chose', () => {
    const { nodeSelector } = rendered.workload('audio-gpu-worker').spec.template.spec;
    expect(nodeSelector).toEqual({ accelerator: 'nvidia-tesla-gpu' });
  });

  test('sets what the application reads as the raw manifests did', () => {
    const config = rendered.configMaps.find(({ metadata }) => metadata.name === 'ml-service-config');
    expect(config?.data).toMatchObject({
      S3_ENDPOINT: 'https://s3.amazonaws.com',
      S3_BUCKET: 'ml-service-features',
      S3_REGION: 'us-east-1',
      MASTERML_URL: 'http://masterml-service:8000',
      LOG_LEVEL: 'INFO',
      LOG_FORMAT: 'json',
    });
    const { CELERY_BROKER_URL, CELERY_RESULT_BACKEND } = envOf(container('audio-processor'));
    expect(CELERY_BROKER_URL).toBe('redis://:$(REDIS_PASSWORD)@redis-service:6379/0');
    expect(CELERY_RESULT_BACKEND).toBe(CELERY_BROKER_URL);
  });

  test('routes the paths of the raw manifests on their host, and waits as long', () => {
    const route = rendered.objects.find(
      ({ kind, metadata }) => kind === 'HTTPRoute' && metadata.name === 'ml-service-route',
    );
    const { hostnames, parentRefs, rules } = (route?.spec ?? {}) as {
      hostnames: readonly string[];
      parentRefs: readonly { name: string; namespace: string }[];
      rules: readonly {
        matches: readonly { path: { value: string } }[];
        backendRefs: readonly { name: string; port: number }[];
        timeouts?: { request: string };
      }[];
    };
    expect(hostnames).toEqual(['ml-service.example.com']);
    expect(parentRefs).toMatchObject([{ name: 'public', namespace: 'gateways' }]);
    const served = rules
      .filter(({ timeouts }) => timeouts !== undefined)
      .map(({ matches, backendRefs, timeouts }) => [
        matches[0]?.path.value,
        `${backendRefs[0]?.name}:${backendRefs[0]?.port}`,
        timeouts?.request,
      ]);
    expect(served).toEqual([
      ['/audio', 'audio-processor-service:8000', '3600s'],
      ['/flower', 'flower-service:5555', '3600s'],
    ]);
  });

  test('runs beat and Flower', () => {
    expect(rendered.workload('audio-beat').spec.replicas).toBe(1);
    expect(rendered.workload('flower').spec.replicas).toBe(1);
  });
});

test('environments/staging.yaml makes the objects of prod, so that what is tried there is what comes', async () => {
  const [prod, staging] = await Promise.all(
    ['prod', 'staging'].map(async (name) => {
      const { objects } = await render({ valuesFiles: [join(repositoryRoot, `environments/${name}.yaml`)] });
      return objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
    }),
  );
  expect(staging).toEqual(prod);
});
