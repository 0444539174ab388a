import type { Json } from './kit.ts';

/** A part of the service whose pods read keys of the Secret; the label `app.kubernetes.io/component`. */
export type SecretReader = 'api' | 'worker' | 'beat' | 'flower' | 'broker' | 'broker-exporter' | 'models';

/** One key of the Secret `secrets.name`. */
export interface SecretKey {
  readonly key: string;
  /** Values, by path, with which pods need the key; empty: always. Absent: the key is optional. */
  readonly neededWhen?: Readonly<Record<string, Json>>;
  readonly readers: readonly SecretReader[];
  /** What the key contains, for the docs. */
  readonly contents: string;
}

const application = ['api', 'worker', 'beat'] as const;
const brokerClients = [...application, 'flower'] as const;

/**
 * Every key of the service's Secret: which is needed when, and by which pods. The chart's README is generated from it;
 * invariants compare it with the references of the rendered pods and with NOTES.
 */
export const secretKeys: readonly SecretKey[] = [
  {
    key: 'S3_ACCESS_KEY',
    neededWhen: {},
    readers: application,
    contents: 'access key of the object storage',
  },
  { key: 'S3_SECRET_KEY', neededWhen: {}, readers: application, contents: 'its secret key' },
  {
    key: 'REDIS_PASSWORD',
    neededWhen: { 'broker.mode': 'embedded' },
    readers: [...brokerClients, 'broker', 'broker-exporter'],
    contents:
      'password of the embedded broker; letters, digits, `-`, `_`, `.` and `~` only, because it is part of a URL. With an external broker only KEDA reads it, and the exporter with `monitoring.brokerExporter.address`',
  },
  {
    key: 'CELERY_BROKER_URL',
    neededWhen: { 'broker.mode': 'external' },
    readers: [...brokerClients, 'broker-exporter'],
    contents: 'URL of the external broker with its password, percent-encoded',
  },
  {
    key: 'CELERY_RESULT_BACKEND',
    neededWhen: { 'broker.mode': 'external' },
    readers: brokerClients,
    contents: 'URL of the result backend, usually the same',
  },
  {
    key: 'FLOWER_BASIC_AUTH',
    neededWhen: { 'flower.enabled': true },
    readers: ['flower'],
    contents:
      '`user:password` of Flower, or several separated by commas; a password must not contain a comma',
  },
  { key: 'MASTERML_TOKEN', readers: ['worker'], contents: 'bearer token for MasterML' },
  {
    key: 'HUGGINGFACE_TOKEN',
    readers: [...application, 'models'],
    contents: 'token for models that require one; the containers get it as `HF_TOKEN`',
  },
];

/** When a key is needed: `always`, a condition on values, or `optional`. */
export function neededWhen({ neededWhen: conditions }: SecretKey): string {
  if (conditions === undefined) return 'optional';
  const texts = Object.entries(conditions).map(([path, value]) => `\`${path}: ${String(value)}\``);
  return texts.length === 0 ? 'always' : texts.join(' and ');
}

/** Keys that pods need with the given values. */
export function neededSecretKeys(valueAt: (path: string) => unknown): readonly SecretKey[] {
  return secretKeys.filter(
    ({ neededWhen: conditions }) =>
      conditions !== undefined &&
      Object.entries(conditions).every(([path, value]) => valueAt(path) === value),
  );
}
