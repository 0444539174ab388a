import { apiSection } from './api.ts';
import { appSection } from './app.ts';
import { beatSection } from './beat.ts';
import { brokerSection } from './broker.ts';
import { deliverySection } from './delivery.ts';
import { extraObjectsSection } from './extra.ts';
import { flowerSection } from './flower.ts';
import { fragmentDefinitions } from './fragments.ts';
import { profileDefinition } from './hardware.ts';
import { imageDefinitions, imageSection } from './image.ts';
import { object, type Schema } from './kit.ts';
import { modelsSection } from './models.ts';
import { monitoringSection } from './monitoring.ts';
import { naming } from './naming.ts';
import { routingSection } from './routing.ts';
import { secretsSection } from './secrets.ts';
import { securitySection } from './security.ts';
import { standaloneDefinitions } from './standalone.ts';
import { subchartDefinitions, subchartSection } from './subcharts.ts';
import { poolDefinition, workersSection } from './workers.ts';

/**
 * The schema of all values: the only place where a value is declared. Each root key is one section of the docs.
 * A leaf has a default, except below a map's `additionalProperties` and below an object that carries a
 * `default` (there an absent key inherits).
 */
export const valuesSchema: Schema = {
  ...object('All values of the chart.', {
    image: imageSection,
    app: appSection,
    secrets: secretsSection,
    workers: workersSection,
    api: apiSection,
    beat: beatSection,
    flower: flowerSection,
    broker: brokerSection,
    delivery: deliverySection,
    models: modelsSection,
    routing: routingSection,
    security: securitySection,
    monitoring: monitoringSection,
    prometheus: subchartSection('prometheus'),
    alertmanager: subchartSection('alertmanager'),
    grafana: subchartSection('grafana'),
    extraObjects: extraObjectsSection,
    ...naming,
  }),
  title: 'Values of the audio-processor chart',
  $defs: {
    ...fragmentDefinitions,
    ...imageDefinitions,
    ...standaloneDefinitions,
    ...subchartDefinitions,
    pool: poolDefinition,
    profile: profileDefinition,
  },
};

/** Entries of a map that inherit what another place declares. */
export interface Inheritance {
  /** Place of the defaults. */
  readonly from: readonly string[];
  /** Map whose entries inherit. */
  readonly by: readonly string[];
}

/** Maps whose entries have the keys of another place, and inherit those that they leave out. */
export const inheritances: readonly Inheritance[] = [
  { from: ['workers', 'defaults'], by: ['workers', 'pools'] },
];
