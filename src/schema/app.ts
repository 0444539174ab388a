import { env } from './fragments.ts';
import { boolean, map, object, type Schema, string } from './kit.ts';

const url = '^https?://[^\\s/]\\S*$';

/** What concerns the application itself: the settings that its processes read. */
export const appSection: Schema = object('Settings that the application reads, for API, workers and beat.', {
  s3: object('Object storage of inputs and manifests.', {
    endpoint: string('URL of the S3 service (S3_ENDPOINT).', 'https://s3.amazonaws.com', { pattern: url }),
    bucket: string('Bucket for features and manifests (S3_BUCKET).', 'audio-features', {
      minLength: 3,
      maxLength: 63,
    }),
    region: string('Region (S3_REGION).', 'us-east-1', { minLength: 1 }),
  }),
  masterml: object('The service that is told about results.', {
    url: string('URL of MasterML (MASTERML_URL).', 'http://masterml-service:8000', { pattern: url }),
  }),
  logLevel: string('Log level of the API (LOG_LEVEL); workers have their own.', 'INFO', {
    enum: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'],
  }),
  logFormat: string('`json`, or `console` for people (LOG_FORMAT).', 'json', { enum: ['json', 'console'] }),
  corsOrigins: map(
    'Origins that browsers may call the API from (CORS_ORIGINS), by their URL.',
    object('Nothing to set: the origin is the key.', {}),
    { default: { 'http://localhost:3000': {} }, keys: '^(\\*|https?://[^\\s/]+)$' },
  ),
  celeryApp: string('Celery application, as `celery -A` takes it.', 'src.celery_app', {
    pattern: '^[A-Za-z_][A-Za-z0-9_]*([.:][A-Za-z_][A-Za-z0-9_]*)*$',
  }),
  codeDirectory: string(
    'Directory in the image that holds the package `src`; it enters PYTHONPATH.',
    '/app',
    {
      pattern: '^/[^\\s:]*$',
    },
  ),
  includeModule: boolean(
    'true: adds the module `src.async_unified_celery_tasks`, which the application includes and some of its images lack; without it worker and beat end with ModuleNotFoundError. It imports `src.unified_celery_tasks`.',
    false,
  ),
  env: env('Further environment variables of API, workers and beat.'),
});
