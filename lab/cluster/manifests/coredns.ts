import type { KubernetesObject } from '../../../src/kubernetes/object.ts';
import { addresses, clusterDomain } from '../addresses.ts';
import { accountWithRules, deployment, systemNamespace } from './object.ts';

/** A port that needs no capability; the Service offers 53. */
const port = 1053;

/** Names outside the cluster are refused at once: there is nobody to forward them to. */
const corefile = `.:${port} {
    errors
    health :8080 {
        lameduck 1s
    }
    ready :8181
    kubernetes ${clusterDomain} in-addr.arpa ip6.arpa {
        pods insecure
        ttl 5
    }
    prometheus :9153
    cache 5
}
`;

/** The cluster's DNS at the address that the kubelet writes into every pod's resolv.conf. */
export function coredns(image: string): readonly KubernetesObject[] {
  const labels = { 'k8s-app': 'kube-dns' };
  return [
    ...accountWithRules('coredns', 'system:coredns', [
      {
        apiGroups: [''],
        resources: ['endpoints', 'services', 'pods', 'namespaces'],
        verbs: ['list', 'watch'],
      },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ]),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: systemNamespace },
      data: { Corefile: corefile },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: systemNamespace, labels },
      spec: {
        clusterIP: addresses.dnsService,
        selector: labels,
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: port },
          { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: port },
          { name: 'metrics', port: 9153, protocol: 'TCP' },
        ],
      },
    },
    deployment('coredns', labels, {
      account: 'coredns',
      dns: 'Default',
      container: {
        image,
        args: ['-conf', '/etc/coredns/Corefile'],
        ports: [
          { name: 'dns', containerPort: port, protocol: 'UDP' },
          { name: 'dns-tcp', containerPort: port, protocol: 'TCP' },
          { name: 'metrics', containerPort: 9153, protocol: 'TCP' },
        ],
        readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
        livenessProbe: {
          httpGet: { path: '/health', port: 8080 },
          initialDelaySeconds: 30,
          timeoutSeconds: 5,
        },
        volumeMounts: [{ name: 'config', mountPath: '/etc/coredns', readOnly: true }],
      },
      volumes: [{ name: 'config', configMap: { name: 'coredns' } }],
    }),
  ];
}
