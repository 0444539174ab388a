import { labels } from './fragments.ts';
import { boolean, object, type Schema } from './kit.ts';

/** What is watched, for the bundled servers and for a cluster's own Prometheus Operator alike. */
export const monitoringSection: Schema = object(
  'What is watched: scrape jobs, rules, dashboards. They exist with `prometheus.enabled` or `monitoring.operator.enabled`.',
  {
    operator: object('Objects for a Prometheus Operator that is already in the cluster.', {
      enabled: boolean('Whether there are any.', false),
      labels: labels(
        "Labels of these objects, by which the operator's Prometheus selects them; with kube-prometheus-stack `release: <its release>`.",
      ),
    }),
  },
);
