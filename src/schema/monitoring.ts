import { alertsSection } from './alerts.ts';
import { brokerExporter } from './broker-exporter.ts';
import { duration, labels, objectName } from './fragments.ts';
import { boolean, list, object, override, type Schema, string } from './kit.ts';
import { gpu, nodes } from './scraping.ts';

/** Monitoring, for the bundled servers and for a Prometheus Operator in the cluster alike. */
export const monitoringSection: Schema = object(
  'Scrape jobs, rules and dashboards. They are created with `prometheus.enabled` or `monitoring.operator.enabled`.',
  {
    operator: object('Objects for an existing Prometheus Operator.', {
      enabled: boolean(
        'Create PodMonitors, a PrometheusRule and an AlertmanagerConfig. The latter is made of `alertmanager.notifications`, `routes`, `inhibitions`, `groupWait` and `groupInterval`, without `alertmanager.enabled`, and uses the Secret `alertmanager.existingSecret` in the namespace of the release.',
        false,
      ),
      labels: labels(
        "Labels of these objects (`metadata.labels`), by which the operator's Prometheus selects them; for kube-prometheus-stack `release: <its release>`.",
      ),
    }),
    public: object(
      'Servers that are accessible from outside on `global.monitoring.host`, through the Gateways of `routing.gateway` or an Ingress as in `routing.ingress`. Prometheus and Alertmanager need a password.',
      {
        prometheus: boolean('Create a route to Prometheus (HTTPRoute or Ingress).', false),
        alertmanager: boolean('Create a route to Alertmanager (HTTPRoute or Ingress).', false),
        grafana: boolean('Create a route to Grafana (HTTPRoute or Ingress), which has its own login.', false),
      },
    ),
    tls: object('TLS of the Ingress of these servers; that of a Gateway is configured at its listeners.', {
      secret: objectName(
        'Secret with `tls.crt` and `tls.key` in the namespace of the servers (`tls.secretName`). Empty for one from `routing.ingress.tls.issuer`, if there is an issuer.',
      ),
    }),
    runbooks: string(
      'URL of the folder with a page `<Alert>.md` for each alert (annotation `runbook_url`); if empty, alerts name only the page.',
      '',
      { pattern: '^(https?://[^\\s@]+)?$', examples: ['https://docs.example.com/audio-processor/runbooks'] },
    ),
    dashboards: object('Dashboards of Grafana.', {
      enabled: boolean(
        'Create the ConfigMaps of the dashboards, for the bundled Grafana and for one beside a Prometheus Operator. One copy shows every release whose metrics its Prometheus has.',
        true,
      ),
      labels: labels(
        'Labels of the ConfigMaps (`metadata.labels`), by which the sidecar of a Grafana beside a Prometheus Operator finds them.',
        {},
        { grafana_dashboard: '1' },
      ),
      folder: string(
        'Folder in a Grafana beside a Prometheus Operator (annotation `grafana_folder`); empty for none.',
        'Audio processor',
        { maxLength: 100 },
      ),
    }),
    taskDurationBuckets: list(
      "Upper bounds of the buckets of the histograms of task durations and waiting times in the workers' metrics (`le`), ascending.",
      override(duration('Upper bound of a bucket.', '1s')),
      ['1s', '5s', '15s', '30s', '1m', '2m', '5m', '10m', '15m', '20m', '30m', '45m', '1h', '1h30m', '2h'],
    ),
    alerts: alertsSection,
    brokerExporter,
    nodes,
    gpu,
  },
);
