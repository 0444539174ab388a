import type { Json } from './kit.ts';

/** A part of the service whose pods read keys of the Secret; the label `app.kubernetes.io/component`. */
export type SecretReader = 'api' | 'worker' | 'beat' | 'flower' | 'broker' | 'broker-exporter' | 'models';

/** One key of the Secret `secrets.name`. */
export interface SecretKey {
  readonly key: string;
  /** Values, by path, under which pods wait for the key; empty: always. Absent: no pod ever waits for it. */
  readonly neededWhen?: Readonly<Record<string, Json>>;
  readonly readers: readonly SecretReader[];
  /** What it holds, for people. */
  readonly holds: string;
}

const application = ['api', 'worker', 'beat'] as const;
const brokerClients = [...application, 'flower'] as const;

/**
 * Every key of the service's Secret: the only place that says which is needed when, and by whom. The chart's README
 * is made from it; laws compare it with what the rendered pods refer to and with what NOTES names.
 */
export const secretKeys: readonly SecretKey[] = [
  {
    key: 'S3_ACCESS_KEY',
    neededWhen: {},
    readers: application,
    holds: 'access key of the object storage',
  },
  { key: 'S3_SECRET_KEY', neededWhen: {}, readers: application, holds: 'its secret key' },
  {
    key: 'REDIS_PASSWORD',
    neededWhen: { 'broker.mode': 'embedded' },
    readers: [...brokerClients, 'broker', 'broker-exporter'],
    holds:
      'password of the embedded broker; letters, digits, `-`, `_`, `.` and `~` only, since it becomes part of a URL. With an external broker only KEDA reads it, and the exporter where it has an address of its own',
  },
  {
    key: 'CELERY_BROKER_URL',
    neededWhen: { 'broker.mode': 'external' },
    readers: [...brokerClients, 'broker-exporter'],
    holds: 'URL of your broker with its password, percent-encoded',
  },
  {
    key: 'CELERY_RESULT_BACKEND',
    neededWhen: { 'broker.mode': 'external' },
    readers: brokerClients,
    holds: 'URL of your result store, most often the same',
  },
  {
    key: 'FLOWER_BASIC_AUTH',
    neededWhen: { 'flower.enabled': true },
    readers: ['flower'],
    holds: '`user:password` of Flower, or several of them with commas between; no comma in a password',
  },
  { key: 'MASTERML_TOKEN', readers: ['worker'], holds: 'bearer token for MasterML' },
  {
    key: 'HUGGINGFACE_TOKEN',
    readers: [...application, 'models'],
    holds: 'token for models that need one; the containers get it as `HF_TOKEN`',
  },
];

/** When a key is needed, in words: `always`, a condition on values, or `optional`. */
export function neededWhen({ neededWhen: conditions }: SecretKey): string {
  if (conditions === undefined) return 'optional';
  const texts = Object.entries(conditions).map(([path, value]) => `\`${path}: ${String(value)}\``);
  return texts.length === 0 ? 'always' : texts.join(' and ');
}

/** Keys that pods wait for under some values. */
export function neededSecretKeys(valueAt: (path: string) => unknown): readonly SecretKey[] {
  return secretKeys.filter(
    ({ neededWhen: conditions }) =>
      conditions !== undefined &&
      Object.entries(conditions).every(([path, value]) => valueAt(path) === value),
  );
}
