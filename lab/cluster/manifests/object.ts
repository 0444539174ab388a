import type { KubernetesObject } from '../../../src/kubernetes/object.ts';

/** Where the cluster's own services live. */
export const systemNamespace = 'kube-system';

/** A service account and the cluster-wide rules it works under. */
export function accountWithRules(
  name: string,
  role: string,
  rules: readonly object[],
): readonly KubernetesObject[] {
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: systemNamespace } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: role }, rules },
    clusterBinding(role, role, name),
  ];
}

/** Binds a cluster role to a service account of the system namespace. */
export function clusterBinding(name: string, role: string, account: string): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: systemNamespace }],
  };
}

/** A deployment of one hardened pod. Its container has no capability, no root and nowhere to write but its volumes. */
export function deployment(
  name: string,
  labels: Readonly<Record<string, string>>,
  pod: {
    readonly account: string;
    readonly container: object;
    readonly volumes: readonly object[];
    readonly dns?: string;
  },
): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: systemNamespace, labels },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: pod.account,
          priorityClassName: 'system-cluster-critical',
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 5,
          ...(pod.dns === undefined ? {} : { dnsPolicy: pod.dns }),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65534,
            runAsGroup: 65534,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name,
              imagePullPolicy: 'IfNotPresent',
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              ...pod.container,
            },
          ],
          volumes: pod.volumes,
        },
      },
    },
  };
}
