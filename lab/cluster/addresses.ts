/**
 * Addresses inside a node's network namespace. It has no uplink, so every instance uses the same ones.
 * The ranges are those of kubeadm's documentation and of no importance otherwise.
 */
export const addresses = {
  node: '10.200.0.1',
  nodePrefix: 24,
  /** Nobody answers there: Kubernetes components only need a default route. */
  gateway: '10.200.0.254',
  pods: '10.244.0.0/16',
  podsOfNode: '10.244.0.0/24',
  services: '10.96.0.0/16',
  /** The first of the service range, by Kubernetes' own rule. */
  apiService: '10.96.0.1',
  dnsService: '10.96.0.10',
} as const;

/** Ports inside the node. */
export const ports = {
  apiServer: 6443,
  etcd: 2379,
  etcdPeer: 2380,
  kubelet: 10250,
  kubeletHealth: 10248,
  proxyHealth: 10256,
  proxyMetrics: 10249,
  controllerManager: 10257,
  scheduler: 10259,
} as const;

/** The cluster's DNS zone. */
export const clusterDomain = 'cluster.local';

/** Unix sockets in the node's own /run. */
export const sockets = {
  containerd: '/run/containerd/containerd.sock',
  apiServer: '/run/api-server.sock',
} as const;
