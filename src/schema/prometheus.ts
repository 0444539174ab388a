import versions from '../../versions.json' with { type: 'json' };
import { duration, labels, objectName } from './fragments.ts';
import { integer, object, type Schema, string } from './kit.ts';
import { auth, serverValues } from './server.ts';

/** Values of the subchart prometheus, but its switch. */
export const prometheusValues: Readonly<Record<string, Schema>> = {
  retention: object('How long samples are kept; what comes first ends them.', {
    time: string('Age, in hours, days or weeks.', '15d', { pattern: '^[1-9][0-9]{0,4}(h|d|w)$' }),
    percent: integer('Share of `persistence.size` that samples may take, in percent.', 80, {
      minimum: 1,
      maximum: 85,
    }),
  }),
  evaluationInterval: duration('Time between two evaluations of the rules, 1s to 1m.', '15s'),
  externalLabels: labels('Labels of everything that leaves this Prometheus, alerts among it.'),
  extraFiles: object(
    'ConfigMaps of your own in the namespace of the server. Each key that ends with `.yaml` is a file as Prometheus has it, read beside those of the chart, and again when it changes.',
    {
      scrape: objectName('With further jobs: `scrape_configs`.'),
      rules: objectName('With further rules: `groups`.'),
    },
  ),
  auth: auth('Prometheus'),
  alertmanager: object('The Alertmanager that alerts go to.', {
    existingSecret: objectName('Secret with `username` and `password` of it; empty where it asks for none.'),
  }),
  ...serverValues({
    image: versions.images.prometheus,
    port: 9090,
    user: 65534,
    memory: { request: '512Mi', limit: '2Gi' },
    disk: '256Mi',
    persistence: { enabled: true, size: '8Gi' },
    grace: '60s',
  }),
};
