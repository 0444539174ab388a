import type { Manifest } from '../../../src/chart/helm.ts';
import { isMap, nodesUnder, type TreeNode, titleOf } from './anatomy.ts';

/** That one object names another. */
export interface Reference {
  /** `Deployment/audio-worker`. */
  readonly from: string;
  /** `Secret`, `ConfigMap`, `Service`, `PriorityClass` … */
  readonly kind: string;
  readonly name: string;
  /** Key of a Secret or ConfigMap, or port of a Service. */
  readonly key?: string;
  /** The object's namespace, where the reader sets it. */
  readonly namespace?: string;
  /** Whether the reader starts without it. */
  readonly optional: boolean;
}

type Found = Omit<Reference, 'from' | 'optional'> & { readonly optional?: boolean };
type Fields = Readonly<Record<string, unknown>>;

/**
 * How Kubernetes and the CRDs in use name other objects, by the field that does it. A field that may mean something
 * else elsewhere reads its data.
 */
const readers: Readonly<Record<string, (value: unknown, node: TreeNode) => readonly Found[]>> = {
  secretKeyRef: one('Secret', 'name', 'key'),
  // Of an AlertmanagerConfig.
  apiURL: one('Secret', 'name', 'key'),
  authPassword: one('Secret', 'name', 'key'),
  urlSecret: one('Secret', 'name', 'key'),
  routingKey: one('Secret', 'name', 'key'),
  configMapKeyRef: one('ConfigMap', 'name', 'key'),
  secretRef: one('Secret', 'name'),
  configMapRef: one('ConfigMap', 'name'),
  secretTargetRef: each('Secret', 'name', 'key'),
  imagePullSecrets: each('Secret', 'name'),
  // Volumes, projected ones too.
  secret: (value) => withItems('Secret', value),
  configMap: (value) => withItems('ConfigMap', value),
  persistentVolumeClaim: one('PersistentVolumeClaim', 'claimName'),
  // An Ingress's `tls`; a Certificate makes the Secret that its `spec.secretName` names.
  tls: each('Secret', 'secretName'),
  certificateRefs: each('Secret', 'name'),
  serviceAccountName: text('ServiceAccount'),
  serviceName: text('Service'),
  priorityClassName: text('PriorityClass'),
  storageClassName: text('StorageClass'),
  runtimeClassName: text('RuntimeClass'),
  ingressClassName: text('IngressClass'),
  scaleTargetRef: (value) => named(value, isMap(value) ? String(value.kind ?? 'Deployment') : ''),
  authenticationRef: (value) =>
    named(value, isMap(value) ? String(value.kind ?? 'TriggerAuthentication') : ''),
  issuerRef: (value) => named(value, isMap(value) ? String(value.kind ?? 'Issuer') : ''),
  extensionRef: (value) => named(value, isMap(value) ? String(value.kind) : ''),
  parentRefs: (value) => maps(value).flatMap((parent) => named(parent, String(parent.kind ?? 'Gateway'))),
  backendRefs: (value) =>
    maps(value).flatMap((backend) => named(backend, String(backend.kind ?? 'Service'), backend.port)),
  roleRef: (value) => named(value, isMap(value) ? String(value.kind) : ''),
  subjects: (value) =>
    maps(value).flatMap((subject) =>
      named(subject, String(subject.kind)).map((found) => ({
        ...found,
        namespace: String(subject.namespace),
      })),
    ),
  // An Ingress's backend.
  service: (value) => {
    const port = isMap(value) && isMap(value.port) ? (value.port.name ?? value.port.number) : undefined;
    return named(value, 'Service', port);
  },
};

/** Everything that the objects name, each once. */
export function referencesOf(objects: readonly Manifest[]): readonly Reference[] {
  const found = objects.flatMap((object) =>
    [...nodesUnder(object)].flatMap((node) =>
      (readers[node.key]?.(node.value, node) ?? []).map((reference) => ({
        optional: false,
        ...reference,
        from: titleOf(object),
      })),
    ),
  );
  return [...new Map(found.map((reference) => [JSON.stringify(reference), reference])).values()];
}

/** What the objects make: `Kind/name`, and the Secrets that their Certificates issue. */
export function madeBy(objects: readonly Manifest[]): ReadonlySet<string> {
  const made = objects.flatMap((object) => {
    const { secretName } = (object.spec ?? {}) as { secretName?: string };
    return object.kind === 'Certificate' ? [titleOf(object), `Secret/${secretName}`] : [titleOf(object)];
  });
  return new Set(made);
}

function one(kind: string, name: string, key?: string) {
  return (value: unknown) => named(value, kind, key && isMap(value) ? value[key] : undefined, name);
}

function each(kind: string, name: string, key?: string) {
  return (value: unknown) => maps(value).flatMap(one(kind, name, key));
}

function text(kind: string) {
  return (value: unknown) => (typeof value === 'string' && value !== '' ? [{ kind, name: value }] : []);
}

function named(value: unknown, kind: string, key?: unknown, field = 'name'): readonly Found[] {
  if (!isMap(value) || typeof value[field] !== 'string') return [];
  return [
    {
      kind,
      name: value[field],
      ...(key === undefined ? {} : { key: String(key) }),
      ...(value.optional === true ? { optional: true } : {}),
    },
  ];
}

function withItems(kind: string, value: unknown): readonly Found[] {
  if (!isMap(value)) return [];
  const whole = named(value, kind, undefined, 'secretName' in value ? 'secretName' : 'name');
  return whole.flatMap((reference) => [
    reference,
    ...maps(value.items).map((item) => ({ ...reference, key: String(item.key) })),
  ]);
}

function maps(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}
