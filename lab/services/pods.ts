import type { KubernetesObject } from '../../src/kubernetes/object.ts';

/** Pod Security admission refuses what is not hardened, as it does in the service's own namespace. */
export function namespaceObject(name: string): KubernetesObject {
  const level = 'restricted';
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/warn': level },
    },
  };
}

/** A Deployment of one hardened pod, which its Service finds by the same name. */
export function deployment(namespace: string, name: string, pod: object): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'lab' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 5,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65534,
            runAsGroup: 65534,
            fsGroup: 65534,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          ...pod,
        },
      },
    },
  };
}

/** The Service in front of it. */
export function service(namespace: string, name: string, port: number): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'lab' };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec: { selector: labels, ports: [{ name: 'http', port, targetPort: port }] },
  };
}

/** A container without rights and without a writable root. */
export function container(name: string, image: string, rest: object): object {
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    ...rest,
  };
}

/** Probed every second until it answers: `up` waits for it. */
export function probes(path: string, port: string): object {
  const httpGet = { path, port };
  return {
    startupProbe: { httpGet, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 60 },
    readinessProbe: { httpGet, periodSeconds: 5, timeoutSeconds: 2 },
    livenessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  };
}

/** Requests are small because two cores carry a whole cluster; memory is bounded, CPU is not. */
export function resources(cpu: string, memory: string): object {
  return { requests: { cpu, memory: '32Mi' }, limits: { memory } };
}
