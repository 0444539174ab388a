import { describe, expect, it } from 'vitest';
import { isAvailable, unreadyReasons } from '../../../lab/services/lab-namespace.ts';
import { bucket, credentialsObject, serviceObjects } from '../../../lab/services/manifests.ts';
import { namespaceObject } from '../../../lab/services/pods.ts';
import type { KubernetesObject } from '../../../src/kubernetes/object.ts';

const images = { versitygw: 'docker.io/versity/versitygw:v1', masterml: 'localhost/masterml:1' };
const objects = serviceObjects('lab-services', images);
const deployments = objects.filter((object): object is Deployment => object.kind === 'Deployment');

interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly selector: { readonly matchLabels: object };
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly securityContext: object;
        readonly containers: readonly Container[];
        readonly initContainers?: readonly Container[];
      };
    };
  };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly object[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly securityContext: object;
}

const containers = deployments.flatMap(({ spec }) => [
  ...(spec.template.spec.initContainers ?? []),
  ...spec.template.spec.containers,
]);

describe('the objects beside the service', () => {
  it('are Deployments and Services s3 (7070) and masterml (8000), in the given namespace', () => {
    expect(objects.map(({ kind, metadata }) => `${metadata.namespace}/${kind}/${metadata.name}`)).toEqual([
      'lab-services/Deployment/s3',
      'lab-services/Service/s3',
      'lab-services/Deployment/masterml',
      'lab-services/Service/masterml',
    ]);
    const ports = objects.flatMap(({ kind, spec }) =>
      kind === 'Service'
        ? (spec as { ports: readonly { port: number }[] }).ports.map(({ port }) => port)
        : [],
    );
    expect(ports).toEqual([7070, 8000]);
  });

  it('each Service selects the pods of its Deployment and no other', () => {
    for (const deployment of deployments) {
      const { name } = deployment.metadata;
      const [service] = objects.filter(({ kind, metadata }) => kind === 'Service' && metadata.name === name);
      expect(deployment.spec.template.metadata.labels).toEqual(deployment.spec.selector.matchLabels);
      expect(service?.spec).toEqual(
        expect.objectContaining({ selector: deployment.spec.selector.matchLabels }),
      );
    }
  });

  it('every container satisfies Pod Security restricted, with a read-only root', () => {
    expect(containers).toHaveLength(3);
    for (const { name, securityContext } of containers) {
      expect(securityContext, name).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
    for (const { spec } of deployments) {
      expect(spec.template.spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 65534,
        seccompProfile: { type: 'RuntimeDefault' },
      });
    }
    expect(namespaceObject('x').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  it('the bucket is a directory that is there before the S3 server starts', () => {
    const [directories] = deployments[0]?.spec.template.spec.initContainers ?? [];
    expect(directories?.command).toContain(`/data/objects/${bucket}`);
    expect(deployments[0]?.spec.template.spec.containers[0]?.args?.at(-1)).toBe('/data/objects');
  });

  it('no credential is in a pod: the keys come from the Secret', () => {
    const account = { accessKey: 'AKIA-in-clear', secretKey: 'secret-in-clear' };
    expect(JSON.stringify(objects)).not.toMatch(/in-clear/);
    expect(credentialsObject('lab-services', account)).toMatchObject({
      kind: 'Secret',
      metadata: { name: 's3-credentials' },
      stringData: account,
    });
  });
});

describe('waiting for them', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 's3', generation: 2 },
    status: { observedGeneration: 2, updatedReplicas: 1, availableReplicas: 1, replicas: 1 },
  };

  it('takes a Deployment that runs what was applied last', () => {
    expect(isAvailable(deployment)).toBe(true);
  });

  it.each([
    ['has not observed the last change', { observedGeneration: 1 }],
    ['still runs the old pod', { updatedReplicas: 0 }],
    ['runs old and new', { replicas: 2 }],
    ['is not ready', { availableReplicas: 0 }],
  ])('does not take one that %s', (_, status) => {
    expect(isAvailable({ ...deployment, status: { ...deployment.status, ...status } })).toBe(false);
  });

  it('gives the reason of each pod of the Deployment, and of no other', () => {
    const waiting = { reason: 'ErrImagePull', message: 'no route' };
    const status = {
      phase: 'Pending',
      containerStatuses: [{ name: 's3', ready: false, restartCount: 0, state: { waiting } }],
    };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 's3-abc' }, status };
    expect(unreadyReasons('s3', [deployment, pod])).toBe('pod s3-abc: s3 ErrImagePull: no route');
    expect(unreadyReasons('masterml', [deployment, pod])).toBe('no pod yet');
  });
});
