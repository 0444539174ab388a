import { object, type Schema, string } from './kit.ts';

/** The Secret that the release refers to and never writes. */
export const secretsSection: Schema = object(
  'The Secret with S3_ACCESS_KEY, S3_SECRET_KEY and REDIS_PASSWORD (or CELERY_BROKER_URL and CELERY_RESULT_BACKEND); optional MASTERML_TOKEN, HUGGINGFACE_TOKEN. It must exist.',
  {
    name: string('Name of the Secret in the release namespace.', 'ml-service-secrets', {
      pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$',
      maxLength: 253,
    }),
    revision: string(
      'Free text that enters the pod checksums: change it when the Secret changed in place, and API and workers restart.',
      '',
      { maxLength: 253 },
    ),
  },
);
