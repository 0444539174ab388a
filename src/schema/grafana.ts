import { boolean, object, type Schema } from './kit.ts';

/** The subchart grafana. */
export const grafanaSection: Schema = object(
  'The subchart `grafana`: one server, for evaluation and small clusters.',
  {
    enabled: boolean('Whether the bundled Grafana is installed.', false),
  },
);
