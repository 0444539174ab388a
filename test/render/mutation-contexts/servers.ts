import type { Json } from '../../../src/schema/kit.ts';
import type { ValueMap } from '../../../src/values/merge.ts';

const prometheus = { prometheus: { enabled: true } };
const alertmanager = { ...prometheus, alertmanager: { enabled: true } };
const grafana = { ...prometheus, grafana: { enabled: true } };
const withUrl = { ...prometheus, grafana: { enabled: true, datasource: { url: 'http://a.example' } } };

/** One notification channel, with all that it needs. */
const channel = (name: string, more: ValueMap = {}) => ({
  ...prometheus,
  alertmanager: { enabled: true, notifications: { [name]: { enabled: true, ...more } } },
});
const mail = { to: 'a@a.example', from: 'b@a.example', smarthost: 'a.example:25' };
const everyWay = {
  ...prometheus,
  alertmanager: {
    enabled: true,
    notifications: {
      slack: { enabled: true },
      webhook: { enabled: true },
      pagerduty: { enabled: true },
      email: { enabled: true, ...mail },
    },
  },
};

/** What the leaves of the servers matter beside: the server itself. */
export const serverContexts: Readonly<Record<string, ValueMap>> = {
  'global.monitoring': prometheus,
  'global.monitoring.scheme': { ...prometheus, global: { monitoring: { host: 'a.example' } } },
  prometheus,
  // Without a claim the data count against the limit of the node's disk.
  'prometheus.persistence.enabled': { prometheus: { enabled: true, persistence: { size: '64Mi' } } },
  alertmanager,
  'alertmanager.enabled': prometheus,
  'alertmanager.persistence.enabled': {
    ...prometheus,
    alertmanager: { enabled: true, persistence: { size: '64Mi' } },
  },
  'alertmanager.existingSecret': channel('slack'),
  'alertmanager.notifications.slack': channel('slack'),
  'alertmanager.notifications.slack.enabled': alertmanager,
  'alertmanager.notifications.email': channel('email', mail),
  'alertmanager.notifications.email.enabled': {
    ...prometheus,
    alertmanager: { enabled: true, notifications: { email: mail } },
  },
  'alertmanager.notifications.heartbeat': channel('heartbeat'),
  'alertmanager.notifications.heartbeat.enabled': alertmanager,
  'alertmanager.routes': everyWay,
  'monitoring.public.grafana': {
    ...grafana,
    global: { monitoring: { host: 'a.example' } },
    routing: { host: 'b.example', gateway: { parentRefs: { public: {} } } },
  },
  ...Object.fromEntries(
    ['prometheus', 'alertmanager'].map((server) => [
      `monitoring.public.${server}`,
      {
        prometheus: { enabled: true, auth: { external: true } },
        alertmanager: { enabled: true, auth: { external: true } },
        global: { monitoring: { host: 'a.example' } },
        routing: { host: 'b.example', gateway: { parentRefs: { public: {} } } },
      },
    ]),
  ),
  'monitoring.tls.secret': {
    ...grafana,
    global: { monitoring: { host: 'a.example' } },
    monitoring: { public: { grafana: true } },
    routing: { host: 'b.example', ingress: { enabled: true, preset: 'haproxy' } },
  },
  'alertmanager.auth.existingSecret': {
    alertmanager: { enabled: true },
    prometheus: { enabled: true, alertmanager: { existingSecret: 'a' } },
  },
  grafana,
  // Where Grafana cannot derive the name or the port of Prometheus, the URL is set.
  'grafana.fullnameOverride': withUrl,
  'grafana.service.port': withUrl,
  'grafana.enabled': prometheus,
  // A claim of the default's size, in place of a smaller emptyDir.
  'grafana.persistence.storageClass': {
    ...prometheus,
    grafana: { enabled: true, persistence: { enabled: true } },
  },
  'grafana.persistence.existingClaim': {
    ...prometheus,
    grafana: { enabled: true, persistence: { enabled: true } },
  },
};

export const serverSamples: Readonly<Record<string, Json>> = {
  'prometheus.retention.time': '7d',
  'prometheus.evaluationInterval': '20s',
  'global.monitoring.scrapeInterval': '14s',
  'alertmanager.inhibitions': { changed: { source: ['a="b"'], target: ['a="c"'], equal: ['d'] } },
  'alertmanager.inhibitions.broker.source': ['a="b"'],
  'alertmanager.inhibitions.broker.target': ['a="c"'],
  'alertmanager.notifications.email.to': 'changed@a.example',
  'alertmanager.notifications.email.from': 'changed@a.example',
};
