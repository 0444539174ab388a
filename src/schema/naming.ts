import { boolean, type Schema, string } from './kit.ts';
import { monitoringGlobals } from './monitoring-globals.ts';

const name = '^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$';

/** Names, and the keys that a parent chart needs. */
export const naming = {
  global: {
    type: 'object',
    description: 'Values that Helm hands to subcharts; open, because a parent chart puts its own here.',
    properties: { monitoring: monitoringGlobals },
    additionalProperties: true,
  },
  enabled: boolean('Condition key for a parent chart; false renders nothing.', true),
  nameOverride: string('Value of the label `app.kubernetes.io/name`, instead of the chart name.', '', {
    pattern: name,
    maxLength: 63,
  }),
  fullnameOverride: string(
    'Prefix of every name, instead of the release name. `audio-processor` gives the plain names without prefix.',
    '',
    { pattern: '^([a-z]([-a-z0-9]*[a-z0-9])?)?$', maxLength: 53 },
  ),
} as const satisfies Readonly<Record<string, Schema>>;
