import type { KubernetesObject } from '../../src/kubernetes/object.ts';
import { container, deployment, probes, resources } from './pods.ts';

/** Name of the Gateway, and of everything behind it. */
export const gatewayName = 'public';
/** Class of the Ingresses that the same proxy serves. */
export const ingressClass = 'contour';
/** Port of the Service, and of the Gateway's only listener. */
export const gatewayPort = 80;

/** The port on which Contour makes Envoy listen for port 80, which needs rights that no pod here has. */
const envoyPort = 8080;
const controller = 'projectcontour.io';

const reads = ['get', 'list', 'watch'];

/** A static Gateway, the Contour that translates routes for it, and the Envoy that serves them, in one pod. */
export function gatewayObjects(
  namespace: string,
  images: { readonly contour: string; readonly envoy: string },
): readonly KubernetesObject[] {
  const named = { name: gatewayName, namespace };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: named },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'contour' }, rules },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'contour' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'contour' },
      subjects: [{ kind: 'ServiceAccount', ...named }],
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: ingressClass },
      spec: { controllerName: `${controller}/gateway-controller` },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: named,
      spec: {
        gatewayClassName: ingressClass,
        listeners: [
          {
            name: 'http',
            protocol: 'HTTP',
            port: gatewayPort,
            allowedRoutes: { namespaces: { from: 'All' } },
          },
        ],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: ingressClass },
      spec: { controller: `${controller}/ingress-controller` },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: named,
      data: { 'contour.yaml': JSON.stringify({ gateway: { gatewayRef: named } }) },
    },
    deployment(namespace, gatewayName, pod(namespace, images)),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: named,
      spec: {
        selector: { 'app.kubernetes.io/name': gatewayName, 'app.kubernetes.io/part-of': 'lab' },
        ports: [{ name: 'http', port: gatewayPort, targetPort: envoyPort }],
      },
    },
  ];
}

/** What Contour reads, and whose status it writes. Secrets are for TLS, of which there is none here, but it watches them. */
const rules: readonly object[] = [
  { apiGroups: [''], resources: ['configmaps', 'namespaces', 'secrets', 'services'], verbs: reads },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: reads },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: reads },
  { apiGroups: ['gateway.networking.k8s.io'], resources: ['*'], verbs: [...reads, 'update'] },
  { apiGroups: [controller], resources: ['*'], verbs: [...reads, 'update'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['get', 'create', 'update'] },
];

/** The two talk over the pod's loopback, so that neither needs a certificate. */
function pod(namespace: string, images: { readonly contour: string; readonly envoy: string }): object {
  const xds = ['--xds-address=127.0.0.1', '--xds-port=8001'];
  const files = [
    { name: 'envoy', mountPath: '/envoy' },
    { name: 'admin', mountPath: '/admin' },
  ];
  const configuration = '/envoy/envoy.json';
  return {
    automountServiceAccountToken: true,
    serviceAccountName: gatewayName,
    initContainers: [
      container('bootstrap', images.contour, {
        args: ['bootstrap', configuration, ...xds, `--namespace=${namespace}`],
        volumeMounts: files,
        resources: resources('20m', '64Mi'),
      }),
    ],
    containers: [
      container('contour', images.contour, {
        args: [
          ...['serve', '--incluster', ...xds, '--insecure', '--disable-leader-election'],
          ...['--config-path=/config/contour.yaml', `--ingress-class-name=${ingressClass}`],
          // Kinds that this Contour knows in versions which newer definitions no longer serve, and which nobody needs here.
          ...['grpcroutes', 'tlsroutes', 'tcproutes', 'backendtlspolicies', 'extensionservices'].map(
            (kind) => `--disable-feature=${kind}`,
          ),
        ],
        ports: [{ name: 'health', containerPort: 8000 }],
        ...probes('/healthz', 'health'),
        volumeMounts: [{ name: 'config', mountPath: '/config' }],
        resources: resources('50m', '256Mi'),
      }),
      container('envoy', images.envoy, {
        command: [
          ...['envoy', '--config-path', configuration, '--service-cluster', namespace],
          ...['--service-node', gatewayName, '--concurrency', '1', '--disable-hot-restart'],
        ],
        ports: [
          { name: 'http', containerPort: envoyPort },
          { name: 'ready', containerPort: 8002 },
        ],
        // Ready is what has its listeners from Contour.
        ...probes('/ready', 'ready'),
        volumeMounts: files,
        resources: resources('50m', '256Mi'),
      }),
    ],
    volumes: [
      { name: 'config', configMap: { name: gatewayName } },
      { name: 'envoy', emptyDir: { sizeLimit: '8Mi' } },
      { name: 'admin', emptyDir: { sizeLimit: '8Mi' } },
    ],
  };
}
