import { env } from './fragments.ts';
import { boolean, map, object, type Schema, string } from './kit.ts';

const url = '^https?://[^\\s/]\\S*$';

/** Settings that the application's processes read. */
export const appSection: Schema = object(
  'Settings of the application: environment variables of the API, the workers and beat.',
  {
    s3: object('Object storage of inputs and results.', {
      endpoint: string('URL of the S3 service (S3_ENDPOINT).', 'https://s3.amazonaws.com', { pattern: url }),
      bucket: string('Bucket for features and manifests (S3_BUCKET).', 'audio-features', {
        minLength: 3,
        maxLength: 63,
      }),
      region: string('Region of the bucket (S3_REGION).', 'us-east-1', { minLength: 1 }),
    }),
    masterml: object('The service that is notified of results.', {
      url: string('URL of MasterML (MASTERML_URL).', 'http://masterml-service:8000', { pattern: url }),
    }),
    logLevel: string(
      'Log level of the API (LOG_LEVEL); that of the workers is `workers.defaults.logLevel`.',
      'INFO',
      {
        enum: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'],
      },
    ),
    logFormat: string('Log format (LOG_FORMAT): `json`, or `console` for reading in a terminal.', 'json', {
      enum: ['json', 'console'],
    }),
    corsOrigins: map(
      'Origins that browsers may call the API from (CORS_ORIGINS), by URL.',
      object('Empty: the key is the origin.', {}),
      { default: { 'http://localhost:3000': {} }, keys: '^(\\*|https?://[^\\s/]+)$' },
    ),
    celeryApp: string('Celery application (`celery --app`).', 'src.celery_app', {
      pattern: '^[A-Za-z_][A-Za-z0-9_]*([.:][A-Za-z_][A-Za-z0-9_]*)*$',
    }),
    codeDirectory: string('Directory in the image with the package `src` (PYTHONPATH).', '/app', {
      pattern: '^/[^\\s:]*$',
    }),
    includeModule: boolean(
      'Mount a module `src.async_unified_celery_tasks` that imports `src.unified_celery_tasks`. The application includes it, and some of its images lack it: workers and beat then fail with ModuleNotFoundError.',
      false,
    ),
    env: env('Additional environment variables of the API, the workers and beat (`env`).'),
  },
);
