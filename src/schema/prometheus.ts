import { boolean, object, type Schema } from './kit.ts';

/** The subchart prometheus. */
export const prometheusSection: Schema = object(
  'The subchart `prometheus`: one server, for evaluation and small clusters.',
  {
    enabled: boolean('Whether the bundled Prometheus is installed.', false),
  },
);
