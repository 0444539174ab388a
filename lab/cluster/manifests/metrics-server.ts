import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import { accountWithRules, clusterBinding, deployment, systemNamespace } from './object.ts';

const name = 'metrics-server';
const port = 10_250;

/** The resource metrics that autoscalers and `kubectl top` read. */
export function metricsServer(image: string): readonly KubernetesObject[] {
  const labels = { 'k8s-app': name };
  return [
    ...accountWithRules(name, 'system:metrics-server', [
      { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] },
    ]),
    clusterBinding('metrics-server:system:auth-delegator', 'system:auth-delegator', name),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'metrics-server-auth-reader', namespace: systemNamespace },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: 'extension-apiserver-authentication-reader',
      },
      subjects: [{ kind: 'ServiceAccount', name, namespace: systemNamespace }],
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: systemNamespace, labels },
      spec: { selector: labels, ports: [{ name: 'https', port: 443, targetPort: port }] },
    },
    deployment(name, labels, {
      account: name,
      container: {
        image,
        args: [
          '--cert-dir=/tmp',
          `--secure-port=${port}`,
          '--kubelet-preferred-address-types=InternalIP',
          '--kubelet-use-node-status-port',
          // The smallest that it accepts, and it must be above the time-out.
          '--metric-resolution=10s',
          '--kubelet-request-timeout=5s',
          '--kubelet-insecure-tls',
        ],
        ports: [{ name: 'https', containerPort: port }],
        readinessProbe: {
          httpGet: { path: '/readyz', port, scheme: 'HTTPS' },
          periodSeconds: 1,
          timeoutSeconds: 5,
        },
        livenessProbe: {
          httpGet: { path: '/livez', port, scheme: 'HTTPS' },
          initialDelaySeconds: 30,
          timeoutSeconds: 5,
        },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      },
      volumes: [{ name: 'tmp', emptyDir: {} }],
    }),
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        insecureSkipTLSVerify: true,
        service: { name, namespace: systemNamespace },
      },
    },
  ];
}
