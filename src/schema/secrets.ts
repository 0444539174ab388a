import { object, type Schema, string } from './kit.ts';

/** The Secret that the release refers to and never writes. */
export const secretsSection: Schema = object(
  'The Secret with the keys of the table above. It must exist: the chart refers to it and never writes it.',
  {
    name: string('Name of the Secret in the release namespace.', 'ml-service-secrets', {
      pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
      maxLength: 253,
    }),
    revision: string(
      'Free text that enters the pod checksums: change it when the Secret changed in place, and the pods that read it restart, the broker apart.',
      '',
      { maxLength: 253 },
    ),
  },
);
