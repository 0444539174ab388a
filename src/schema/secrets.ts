import { object, type Schema, string } from './kit.ts';

/** The Secret that the release refers to and never writes. */
export const secretsSection: Schema = object(
  'The Secret with the credentials; its keys are in the README of the chart. It must exist: the chart references it and never writes it.',
  {
    name: string(
      'Name of the Secret in the namespace of the release (`secretKeyRef.name`).',
      'ml-service-secrets',
      {
        pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
        maxLength: 253,
      },
    ),
    revision: string(
      'Any text; it is part of the pod annotation `checksum/secrets`. Change it after the Secret changed, to restart the pods that read it (the broker excepted).',
      '',
      { maxLength: 253 },
    ),
  },
);
