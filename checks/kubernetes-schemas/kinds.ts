import type { Versions } from '../../src/tools/versions.ts';

/** One kind of Kubernetes object, as its manifest names it. */
export interface Kind {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * Every built-in kind that the chart renders, and NetworkPolicy, which users put into `extraObjects`: a schema is vendored
 * for each, and a manifest of any other kind fails the checks. The chart makes no Secret and no Namespace.
 */
export const chartKinds: readonly Kind[] = [
  { group: '', version: 'v1', kind: 'ConfigMap' },
  { group: '', version: 'v1', kind: 'PersistentVolumeClaim' },
  { group: '', version: 'v1', kind: 'Service' },
  { group: '', version: 'v1', kind: 'ServiceAccount' },
  { group: 'apps', version: 'v1', kind: 'Deployment' },
  { group: 'apps', version: 'v1', kind: 'StatefulSet' },
  { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' },
  { group: 'batch', version: 'v1', kind: 'Job' },
  { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' },
  { group: 'networking.k8s.io', version: 'v1', kind: 'NetworkPolicy' },
  { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget' },
  { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole' },
  { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRoleBinding' },
  { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'Role' },
  { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'RoleBinding' },
];

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(kind: Kind): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** The file in which kubeconform finds a kind: `deployment-apps-v1.json`, `role-rbac-v1.json`, `service-v1.json`. */
export function schemaFileName(kind: Kind): string {
  const [group = ''] = kind.group.split('.');
  const parts = [kind.kind.toLowerCase(), group, kind.version];
  return `${parts.filter((part) => part !== '').join('-')}.json`;
}

/** A kind that an operator or a gateway defines, and the file of its module that does. */
export interface CustomKind extends Kind {
  /** Name of the module's version in `versions.json`, `customResources`. */
  readonly pin: keyof Versions['customResources'];
  /** Go module that carries the definition; it is read, never built. */
  readonly module: string;
  /** The CustomResourceDefinition's path in the module. */
  readonly file: string;
}

const keda = {
  pin: 'keda' as const,
  module: 'github.com/kedacore/keda/v2',
  group: 'keda.sh',
  version: 'v1alpha1',
};

const operator = {
  pin: 'prometheus-operator' as const,
  module: 'github.com/prometheus-operator/prometheus-operator',
  group: 'monitoring.coreos.com',
};

/** Every custom kind that the chart may render. One schema serves all versions of Kubernetes: the operator decides. */
export const customKinds: readonly CustomKind[] = [
  {
    group: 'gateway.networking.k8s.io',
    version: 'v1',
    kind: 'HTTPRoute',
    pin: 'gateway-api',
    module: 'sigs.k8s.io/gateway-api',
    file: 'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
  },
  { ...keda, kind: 'ScaledObject', file: 'config/crd/bases/keda.sh_scaledobjects.yaml' },
  { ...keda, kind: 'TriggerAuthentication', file: 'config/crd/bases/keda.sh_triggerauthentications.yaml' },
  {
    group: 'cert-manager.io',
    version: 'v1',
    kind: 'Certificate',
    pin: 'cert-manager',
    module: 'github.com/cert-manager/cert-manager',
    file: 'deploy/crds/cert-manager.io_certificates.yaml',
  },
  {
    group: 'traefik.io',
    version: 'v1alpha1',
    kind: 'Middleware',
    pin: 'traefik',
    module: 'github.com/traefik/traefik/v3',
    file: 'docs/content/reference/dynamic-configuration/traefik.io_middlewares.yaml',
  },
  {
    ...operator,
    version: 'v1',
    kind: 'PrometheusRule',
    file: 'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
  },
  {
    ...operator,
    version: 'v1',
    kind: 'PodMonitor',
    file: 'example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
  },
  {
    ...operator,
    version: 'v1alpha1',
    kind: 'AlertmanagerConfig',
    file: 'example/prometheus-operator-crd/monitoring.coreos.com_alertmanagerconfigs.yaml',
  },
];
