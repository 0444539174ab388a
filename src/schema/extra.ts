import { map, type Schema } from './kit.ts';

/** Objects of the user's own that live and go with the release. */
export const extraObjectsSection: Schema = map(
  "Further objects of the release, by a free name, passed through as they are: a NetworkPolicy, an ExternalSecret, a Certificate. Without `metadata.name` an object gets the key with the release's prefix; the recommended labels are added.",
  {
    type: ['object', 'null'],
    description: 'The object: `apiVersion`, `kind` and all that the kind asks for.',
  },
  { keys: '^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$' },
);
