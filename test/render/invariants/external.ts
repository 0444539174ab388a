import { secretKeys } from '../../../src/schema/secret-keys.ts';

/** What the chart refers to and does not make. */
interface External {
  readonly why: string;
  /** Keys that must be there; any when absent. */
  readonly keys?: readonly string[];
  /** Keys that may be missing. */
  readonly optionalKeys?: readonly string[];
}

/** Every object outside the chart that some case of the invariants refers to, by `Kind/name`. */
export const external: Readonly<Record<string, External>> = {
  'Secret/ml-service-secrets': {
    why: "the user's own; README and chart README name its keys",
    keys: secretKeys.filter(({ neededWhen }) => neededWhen !== undefined).map(({ key }) => key),
    optionalKeys: secretKeys.filter(({ neededWhen }) => neededWhen === undefined).map(({ key }) => key),
  },
  'Secret/broker-ca': { why: 'authority of test/overlays/external-broker.yaml', keys: ['ca.crt'] },
  'Secret/broker-client': {
    why: 'client certificate of test/overlays/external-broker.yaml',
    keys: ['tls.crt', 'tls.key'],
  },
  'Secret/monitoring-secrets': {
    why: "the user's own; README and chart README name its keys",
    keys: [
      'GRAFANA_ADMIN_USER',
      'GRAFANA_ADMIN_PASSWORD',
      'SLACK_WEBHOOK_URL',
      'ALERTMANAGER_SMTP_PASSWORD',
      'ALERTMANAGER_WEBHOOK_URL',
      'ALERTMANAGER_HEARTBEAT_URL',
      'PAGERDUTY_ROUTING_KEY',
    ],
  },
  'Secret/prometheus-auth': { why: 'password of test/overlays/monitoring.yaml' },
  'Secret/alertmanager-auth': { why: 'password of test/overlays/monitoring.yaml' },
  'ServiceAccount/default': { why: 'Kubernetes makes it in every namespace' },
  'Secret/registry-credentials': { why: 'pull secret of test/overlays/all-features.yaml' },
  'StorageClass/fast': { why: 'storage class of test/overlays/all-features.yaml' },
  'Gateway/public': { why: "the platform's; routing.gateway.parentRefs names it" },
  'IngressClass/traefik': { why: 'class of test/overlays/all-features.yaml' },
  'ClusterIssuer/letsencrypt': { why: 'issuer of test/overlays/all-features.yaml' },
  'PriorityClass/important': { why: 'priority class of test/overlays/all-features.yaml' },
};
