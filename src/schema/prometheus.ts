import versions from '../../versions.json' with { type: 'json' };
import { duration, labels, objectName } from './fragments.ts';
import { integer, object, type Schema, string } from './kit.ts';
import { auth, serverValues } from './server.ts';

/** Values of the subchart prometheus, but its switch. */
export const prometheusValues: Readonly<Record<string, Schema>> = {
  retention: object('Retention of samples by age and size, whichever limit is reached first.', {
    time: string('Retention time in hours, days or weeks (`retention.time`).', '15d', {
      pattern: '^[1-9][0-9]{0,4}(h|d|w)$',
    }),
    percent: integer('Retention size in percent of `persistence.size` (`retention.size`).', 80, {
      minimum: 1,
      maximum: 85,
    }),
  }),
  evaluationInterval: duration('Evaluation interval of the rules (`evaluation_interval`), 1s to 1m.', '15s'),
  externalLabels: labels(
    'External labels of alerts and of samples sent to other systems (`external_labels`).',
  ),
  extraFiles: object(
    'Your own ConfigMaps in the namespace of the server. Every key that ends with `.yaml` is a file in the format of Prometheus, loaded besides those of the chart and reloaded when it changes.',
    {
      scrape: objectName('ConfigMap with additional scrape jobs (`scrape_config_files`).'),
      rules: objectName('ConfigMap with additional rules (`rule_files`).'),
    },
  ),
  auth: auth('Prometheus'),
  alertmanager: object('The Alertmanager that receives the alerts.', {
    existingSecret: objectName(
      'Secret with its `username` and `password` (`basic_auth`); empty if it needs none.',
    ),
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
