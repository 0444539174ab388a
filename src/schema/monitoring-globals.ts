import { duration, objectName } from './fragments.ts';
import { object, type Schema, string } from './kit.ts';

const dnsName = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const segments = '/[A-Za-z0-9_~-][A-Za-z0-9._~-]*';

/** A prefix of a URL's path; `/` and the empty one are the whole host, a slash at the end counts for nothing. */
function prefix(description: string, value: string): Schema {
  return string(description, value, { pattern: `^(${segments})*/?$` });
}

/** What parent and subcharts of monitoring must agree on; the only place of each. */
export const monitoringGlobals: Schema = object(
  'What this chart and its subcharts prometheus, alertmanager and grafana must agree on.',
  {
    namespace: objectName(
      "Namespace of the three servers and of what they mount; it must exist. Empty for the release's own.",
    ),
    host: string('DNS name under which they are reached from outside; empty for none.', '', {
      pattern: `^(${dnsName})?$`,
      maxLength: 253,
      examples: ['monitoring.example.com'],
    }),
    scheme: string('Scheme of their URLs.', 'https', { enum: ['http', 'https'] }),
    prefixes: object('Path of each server on the host. Each knows its own and keeps it.', {
      prometheus: prefix('Path of Prometheus.', '/prometheus'),
      alertmanager: prefix('Path of Alertmanager.', '/alertmanager'),
      grafana: prefix('Path of Grafana.', '/grafana'),
    }),
    scrapeInterval: duration(
      'Time between two looks at a target, 1s to 1m. A window of an alert holds at least four of them.',
      '15s',
    ),
    plainRelease: string(
      'Name of the release whose servers have plain names (`prometheus`); those of any other begin with its name.',
      'audio-processor',
      { pattern: '^([a-z]([-a-z0-9]*[a-z0-9])?)?$', maxLength: 53 },
    ),
  },
);
