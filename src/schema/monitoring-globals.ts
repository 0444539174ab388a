import { duration, objectName } from './fragments.ts';
import { object, type Schema, string } from './kit.ts';

const dnsName = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const segments = '/[A-Za-z0-9_~-][A-Za-z0-9._~-]*';

/** A prefix of URL paths; `/` and an empty text are the whole host, and a slash at the end is ignored. */
function prefix(description: string, value: string): Schema {
  return string(description, value, { pattern: `^(${segments})*/?$` });
}

/** Values that the chart and its monitoring subcharts share. */
export const monitoringGlobals: Schema = object(
  'Values that this chart shares with its subcharts prometheus, alertmanager and grafana.',
  {
    namespace: objectName(
      'Namespace of the three servers and their ConfigMaps (`metadata.namespace`); it must exist. Empty for that of the release.',
    ),
    host: string(
      'DNS name of the servers for access from outside (`hostnames` of the HTTPRoute, `host` of the Ingress); empty for none.',
      '',
      {
        pattern: `^(${dnsName})?$`,
        maxLength: 253,
        examples: ['monitoring.example.com'],
      },
    ),
    scheme: string(
      'Scheme of the external URLs of the servers (`--web.external-url`, `root_url`).',
      'https',
      { enum: ['http', 'https'] },
    ),
    prefixes: object('Path of each server on the host, which is kept in its requests.', {
      prometheus: prefix('Path of Prometheus (`--web.route-prefix`).', '/prometheus'),
      alertmanager: prefix('Path of Alertmanager (`--web.route-prefix`).', '/alertmanager'),
      grafana: prefix('Path of Grafana (`root_url`).', '/grafana'),
    }),
    scrapeInterval: duration(
      'Scrape interval (`scrape_interval`), 1s to 1m. The window of an alert must be at least four times as long.',
      '15s',
    ),
    unprefixedRelease: string(
      'Name of the release whose servers have names without prefix (`metadata.name: prometheus`); those of any other release begin with its name.',
      'audio-processor',
      { pattern: '^([a-z]([-a-z0-9]*[a-z0-9])?)?$', maxLength: 53 },
    ),
  },
);
