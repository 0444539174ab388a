import { boolean, type Schema, string } from './kit.ts';
import { monitoringGlobals } from './monitoring-globals.ts';

const name = '^([a-z0-9]([-a-z0-9]*[a-z0-9])?)?$';

/** Names, and the keys that a parent chart needs. */
export const naming = {
  global: {
    type: 'object',
    description: 'Values that Helm copies into the subcharts; open, because a parent chart has its own here.',
    properties: { monitoring: monitoringGlobals },
    additionalProperties: true,
  },
  enabled: boolean('`condition` of a parent chart; false renders nothing.', true),
  nameOverride: string('Value of the label `app.kubernetes.io/name`, instead of the name of the chart.', '', {
    pattern: name,
    maxLength: 63,
  }),
  fullnameOverride: string(
    'Prefix of all object names (`metadata.name`), instead of the name of the release. With `audio-processor` the names have no prefix.',
    '',
    { pattern: '^([a-z]([-a-z0-9]*[a-z0-9])?)?$', maxLength: 53 },
  ),
} as const satisfies Readonly<Record<string, Schema>>;
