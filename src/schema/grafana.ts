import versions from '../../versions.json' with { type: 'json' };
import { objectName } from './fragments.ts';
import { object, type Schema, string } from './kit.ts';
import { serverValues } from './server.ts';

/** Values of the subchart grafana, but its switch. */
export const grafanaValues: Readonly<Record<string, Schema>> = {
  admin: object('The administrator.', {
    existingSecret: objectName(
      'Secret with the keys `GRAFANA_ADMIN_USER` and `GRAFANA_ADMIN_PASSWORD` (`admin_user`, `admin_password`). A persistent database keeps the password of the first start.',
      'monitoring-secrets',
    ),
  }),
  datasource: object('The Prometheus that the dashboards query.', {
    url: string(
      'URL of Prometheus without credentials (`datasources.url`); empty for that of this release.',
      '',
      {
        pattern: '^(https?://[^\\s@]+)?$',
        examples: ['http://prometheus-operated.monitoring.svc:9090'],
      },
    ),
    existingSecret: objectName(
      'Secret with its `username` and `password` (`basicAuthUser`, `basicAuthPassword`); empty if it needs none.',
    ),
  }),
  ...serverValues({
    image: versions.images.grafana,
    port: 3000,
    user: 472,
    memory: { request: '128Mi', limit: '512Mi' },
    disk: '2Gi',
    persistence: { enabled: false, size: '1Gi' },
    grace: '30s',
  }),
};
