import { alertsSection } from './alerts.ts';
import { brokerExporter } from './broker-exporter.ts';
import { labels, objectName } from './fragments.ts';
import { boolean, object, type Schema, string } from './kit.ts';
import { gpu, nodes } from './scraping.ts';

/** What is watched, for the bundled servers and for a cluster's own Prometheus Operator alike. */
export const monitoringSection: Schema = object(
  'What is watched: scrape jobs, rules, dashboards. They exist with `prometheus.enabled` or `monitoring.operator.enabled`.',
  {
    operator: object('Objects for a Prometheus Operator that is already in the cluster.', {
      enabled: boolean(
        'Whether there are any. Who is told is `alertmanager.notifications` with `routes`, `inhibitions`, `groupWait` and `groupInterval`, without `alertmanager.enabled`: they become an AlertmanagerConfig, which takes keys of `alertmanager.existingSecret` from the namespace of the release.',
        false,
      ),
      labels: labels(
        "Labels of these objects, by which the operator's Prometheus selects them; with kube-prometheus-stack `release: <its release>`.",
      ),
    }),
    public: object(
      'Which servers have a route from outside, on `global.monitoring.host`, by what routes the service: the Gateways of `routing.gateway`, the Ingress of `routing.ingress`. Prometheus and Alertmanager need a password before them.',
      {
        prometheus: boolean('Whether Prometheus has one.', false),
        alertmanager: boolean('Whether Alertmanager has one.', false),
        grafana: boolean('Whether Grafana has one; it asks for its own login.', false),
      },
    ),
    tls: object('TLS of the Ingress of these servers; that of a Gateway belongs to its listeners.', {
      secret: objectName(
        'Secret with `tls.crt` and `tls.key` in the namespace of the servers. Empty for one that `routing.ingress.tls.issuer` fills, if there is an issuer.',
      ),
    }),
    runbooks: string(
      'URL of the folder with a page `<Alert>.md` for each alert; without it alerts name the page alone.',
      '',
      { pattern: '^(https?://[^\\s@]+)?$', examples: ['https://docs.example.com/audio-processor/runbooks'] },
    ),
    dashboards: object("Grafana's dashboards.", {
      enabled: boolean(
        'Whether they are made, for the bundled Grafana and for the one beside a Prometheus Operator. One copy shows every release that its Prometheus knows.',
        true,
      ),
      labels: labels(
        'Labels by which the sidecar of a Grafana beside a Prometheus Operator finds them; the bundled one needs none.',
        {},
        { grafana_dashboard: '1' },
      ),
      folder: string(
        'Folder in a Grafana beside a Prometheus Operator: its annotation `grafana_folder`; empty for none.',
        'Audio processor',
        { maxLength: 100 },
      ),
    }),
    alerts: alertsSection,
    brokerExporter,
    nodes,
    gpu,
  },
);
