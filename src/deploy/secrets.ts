import { randomBytes } from 'node:crypto';
import type { Manifest } from '../chart/helm.ts';
import { type Cluster, getObject, kubectl } from '../kubernetes/kubectl.ts';
import { CommandError } from '../process/run.ts';
import { type Problem, ProblemError } from '../report/problem.ts';
import { namespaceCommand, namespacesOf } from './namespace.ts';

/** One key of one Secret that the rendered objects read, and who reads it. */
export interface SecretKeyUse {
  /** Of the objects that read it; absent where it is that of the release. */
  readonly namespace?: string;
  readonly secret: string;
  readonly key: string;
  /** `Deployment/audio-worker`, each reader once. */
  readonly readers: readonly string[];
}

/**
 * Every Secret key that the rendered pods cannot start without, found in the manifests themselves; those without which an
 * operator takes no AlertmanagerConfig as well.
 */
export function requiredSecretKeys(manifests: readonly Manifest[]): readonly SecretKeyUse[] {
  const uses = new Map<string, Omit<SecretKeyUse, 'readers'> & { readonly readers: Set<string> }>();
  for (const manifest of manifests) {
    const { namespace } = manifest.metadata;
    for (const { name, key, optional } of secretKeyRefs(manifest)) {
      if (optional) continue;
      const place = namespace === undefined ? {} : { namespace };
      const at = `${namespace}/${name}/${key}`;
      const use = uses.get(at) ?? { ...place, secret: name, key, readers: new Set<string>() };
      use.readers.add(`${manifest.kind}/${manifest.metadata.name}`);
      uses.set(at, use);
    }
  }
  return [...uses.values()].map((use) => ({ ...use, readers: [...use.readers] }));
}

/**
 * Compares what the pods of a namespace need with what it holds. Nothing is printed or returned of the values.
 * @returns one problem for each missing key, with the command that adds it.
 */
async function missingSecretKeys(
  cluster: Cluster,
  namespace: string,
  uses: readonly SecretKeyUse[],
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const secret of new Set(uses.map((use) => use.secret))) {
    const found = await getObject(cluster, 'secret', secret, namespace);
    const present = new Set(Object.keys((found?.data as Record<string, string> | undefined) ?? {}));
    const missing = uses.filter((use) => use.secret === secret && !present.has(use.key));
    for (const use of missing) {
      problems.push({
        message: `Secret ${secret} in namespace ${namespace} lacks the key ${use.key}`,
        path: `${secret}.${use.key}`,
        found: found === undefined ? 'no such Secret' : `keys ${[...present].sort().join(', ') || '(none)'}`,
        allowed: `a value for ${use.key}, read by ${use.readers.join(', ')}`,
        remedy: remedy(
          namespace,
          secret,
          missing.map((one) => one.key),
          found !== undefined,
        ),
      });
    }
  }
  return problems;
}

/**
 * Reads every namespace in which the objects are created; that of the release may be missing when no Secret is needed in it.
 * @throws {ProblemError} naming every key that a pod would wait for, and every namespace that is not there.
 */
export async function assertSecretKeys(
  cluster: Cluster,
  release: string,
  manifests: readonly Manifest[],
): Promise<void> {
  const uses = requiredSecretKeys(manifests);
  const problems: Problem[] = [];
  for (const namespace of namespacesOf(manifests, release)) {
    const own = uses.filter((use) => (use.namespace ?? release) === namespace);
    const missing = await missingSecretKeys(cluster, namespace, own);
    if (namespace === release && missing.length === 0) continue;
    if ((await getObject(cluster, 'namespace', namespace)) === undefined) {
      const message = `namespace ${namespace} does not exist`;
      problems.push({ message, remedy: namespaceCommand(namespace) });
    }
    problems.push(...missing);
  }
  if (problems.length > 0) throw new ProblemError(problems);
}

/**
 * Makes a Secret once. One that exists is never rewritten, not even to add a key: its owner may have changed it.
 * @returns whether it was made now.
 */
export async function makeSecretOnce(
  cluster: Cluster,
  namespace: string,
  name: string,
  values: () => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>,
): Promise<'made' | 'present'> {
  if ((await getObject(cluster, 'secret', name, namespace)) !== undefined) return 'present';
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: { name, namespace },
    stringData: await values(),
  };
  try {
    // Not applied: of two that make it at once, the second must not overwrite the password that the first returned.
    await kubectl(cluster, ['create', '--filename', '-'], { input: JSON.stringify(secret) });
    return 'made';
  } catch (error) {
    if (error instanceof CommandError && error.stderr.includes('(AlreadyExists)')) return 'present';
    throw error;
  }
}

/** A password of 32 letters and digits: it needs no escaping in a broker URL. */
export function randomPassword(): string {
  let text = '';
  while (text.length < 32)
    text += randomBytes(32)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '');
  return text.slice(0, 32);
}

/** The decoded values of a Secret. */
export async function readSecret(
  cluster: Cluster,
  namespace: string,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  const found = await getObject(cluster, 'secret', name, namespace);
  if (found === undefined)
    throw new ProblemError([{ message: `no Secret ${name} in namespace ${namespace}` }]);
  const data = (found.data as Record<string, string> | undefined) ?? {};
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

/** Fields that hold one key of a Secret: of a pod, and of an AlertmanagerConfig. */
const keyFields = ['secretKeyRef', 'apiURL', 'authPassword', 'urlSecret', 'routingKey'];

interface SecretKeyRef {
  readonly name: string;
  readonly key: string;
  readonly optional: boolean;
}

interface SecretVolume {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { readonly key: string }[];
  readonly optional?: boolean;
}

/**
 * Walks any object for `secretKeyRef: {name, key, optional}` and its like, wherever they are allowed, and for the keys that
 * volumes take: `secret: {name or secretName, items, optional}`.
 */
function* secretKeyRefs(node: unknown): Generator<SecretKeyRef> {
  if (Array.isArray(node)) {
    for (const item of node) yield* secretKeyRefs(item);
  } else if (typeof node === 'object' && node !== null) {
    for (const [field, value] of Object.entries(node)) {
      if (keyFields.includes(field) && typeof value === 'object' && value !== null) {
        const { name, key, optional = false } = value as { name: string; key: string; optional?: boolean };
        yield { name, key, optional };
      } else if (field === 'secret' && typeof value === 'object' && value !== null) {
        const { name, secretName = name, items = [], optional = false } = value as SecretVolume;
        for (const { key } of items) yield { name: secretName ?? '', key, optional };
      } else yield* secretKeyRefs(value);
    }
  }
}

function remedy(namespace: string, secret: string, keys: readonly string[], exists: boolean): string {
  if (!exists) {
    const literals = keys.map((key) => `--from-literal=${key}=…`).join(' ');
    return `kubectl create secret generic ${secret} --namespace ${namespace} ${literals}`;
  }
  const entries = keys.map((key) => `"${key}":"…"`).join(',');
  return `kubectl patch secret ${secret} --namespace ${namespace} --patch '{"stringData":{${entries}}}'`;
}
