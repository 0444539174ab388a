import { boolean, object, type Schema } from './kit.ts';

/** The subchart alertmanager. */
export const alertmanagerSection: Schema = object(
  'The subchart `alertmanager`: one server, for evaluation and small clusters.',
  {
    enabled: boolean('Whether the bundled Alertmanager is installed.', false),
  },
);
