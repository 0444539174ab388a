import { expect, it } from 'vitest';
import { monitoringPages } from '../../../cli/services.ts';
import { renderChart } from '../../../src/chart/helm.ts';

const auth = { existingSecret: 'monitoring-web' };

it.each([
  ['without a password', {}],
  ['with a password, where the probes are commands', { auth, alertmanager: auth }],
])('the pages of the servers are known %s', async (_how, prometheus) => {
  const values = {
    global: { monitoring: { prefixes: { alertmanager: '/' } } },
    prometheus: { enabled: true, ...prometheus },
    alertmanager: { enabled: true },
    grafana: { enabled: true, datasource: auth },
  };
  const pages = monitoringPages(await renderChart({ values }), 'ml-service');
  expect(pages.map(({ title, path, resource }) => [title, path, resource])).toEqual([
    ['Prometheus', '/prometheus/', 'service/prometheus-service'],
    ['Alertmanager', '/', 'service/alertmanager-service'],
    ['Grafana', '/grafana/', 'service/grafana-service'],
  ]);
});
