import { map, type Schema } from './kit.ts';

/** Objects that the user adds to the release. */
export const extraObjectsSection: Schema = map(
  'Additional objects of the release by a name of your choice, such as a NetworkPolicy, an ExternalSecret or a Certificate. An object without `metadata.name` is named by its key with the prefix of the release; the recommended labels are added.',
  {
    type: ['object', 'null'],
    description: 'The object: `apiVersion`, `kind` and the fields of the kind.',
  },
  { keys: { pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 40 } },
);
