import { randomBytes } from 'node:crypto';
import { run } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import type { KubernetesObject } from '../cluster/manifests/object.ts';
import {
  bucket,
  credentialsObject,
  credentialsSecret,
  mastermlPort,
  namespaceObject,
  s3Port,
  serviceObjects,
} from './manifests.ts';

/** What stands beside the service in the lab, and how to reach it from inside the cluster. */
export interface LabServices {
  readonly s3Endpoint: string;
  readonly mastermlUrl: string;
  /** Made with the S3 server; empty at first. */
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Where and with which images. */
export interface LabServicesOptions {
  readonly kubeconfig: string;
  readonly namespace: string;
  /** Names under which the node's containerd has them. */
  readonly images: { readonly versitygw: string; readonly masterml: string };
  readonly signal?: AbortSignal;
}

/** How long S3 and MasterML may take to answer after they were applied. */
const readyWithinMs = 120_000;

/**
 * S3 and MasterML, running. Repeating it changes nothing: the S3 account is made once at random and then kept.
 * @throws {CommandError} when the cluster refuses an object.
 * @throws {WaitError} when one is not available after 120 s, with what its pods say.
 */
export async function deployServices(options: LabServicesOptions): Promise<LabServices> {
  const { namespace, images } = options;
  const cluster = new ServicesCluster(await program('kubectl'), options);
  await cluster.apply([namespaceObject(namespace)]);
  const account = await cluster.credentials();
  await cluster.apply(serviceObjects(namespace, images));
  await cluster.waitUntilAvailable(['s3', 'masterml']);
  return {
    s3Endpoint: `http://s3.${namespace}.svc:${s3Port}`,
    mastermlUrl: `http://masterml.${namespace}.svc:${mastermlPort}`,
    bucket,
    ...account,
  };
}

interface Status {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly generation?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly replicas?: number;
    readonly phase?: string;
    readonly conditions?: readonly { readonly status: string; readonly message?: string }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

interface ContainerStatus {
  readonly name: string;
  readonly state?: Readonly<Record<string, { readonly reason?: string; readonly message?: string }>>;
}

/** kubectl in the services' namespace. */
class ServicesCluster {
  readonly #kubectl: string;
  readonly #options: LabServicesOptions;

  constructor(kubectl: string, options: LabServicesOptions) {
    this.#kubectl = kubectl;
    this.#options = options;
  }

  async apply(objects: readonly KubernetesObject[]): Promise<void> {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    await this.#run(['apply', '--server-side', '--force-conflicts', '--field-manager=lab', '-f', '-'], input);
  }

  /** The S3 account: read, or made now. Two that make it at once end up with the same one. */
  async credentials(): Promise<{ accessKey: string; secretKey: string }> {
    const present = await this.#readCredentials();
    if (present !== undefined) return present;
    const made = {
      accessKey: `lab${randomBytes(8).toString('hex')}`,
      secretKey: randomBytes(24).toString('hex'),
    };
    try {
      const object = credentialsObject(this.#options.namespace, made);
      await this.#run(['create', '--field-manager=lab', '-f', '-'], JSON.stringify(object));
      return made;
    } catch (error) {
      const other = await this.#readCredentials();
      if (other === undefined) throw error;
      return other;
    }
  }

  async #readCredentials(): Promise<{ accessKey: string; secretKey: string } | undefined> {
    const text = await this.#run(['get', 'secret', credentialsSecret, '--ignore-not-found', '-o', 'json']);
    if (text.trim() === '') return undefined;
    const { data = {} } = JSON.parse(text) as { data?: Readonly<Record<string, string>> };
    const value = (key: string) => Buffer.from(data[key] ?? '', 'base64').toString('utf8');
    const account = { accessKey: value('accessKey'), secretKey: value('secretKey') };
    if (account.accessKey !== '' && account.secretKey !== '') return account;
    throw new Error(
      `Secret ${this.#options.namespace}/${credentialsSecret} lacks accessKey or secretKey; delete it and its pod, and run this again`,
    );
  }

  async waitUntilAvailable(names: readonly string[]): Promise<void> {
    const { signal } = this.#options;
    await waitFor(
      `${names.join(' and ')} in namespace ${this.#options.namespace}`,
      async () => {
        const text = await this.#run(['get', 'deployments,pods', '-o', 'json']);
        const { items } = JSON.parse(text) as { items: readonly Status[] };
        const waiting = names.filter(
          (name) => !items.some((item) => item.metadata.name === name && isAvailable(item)),
        );
        if (waiting.length === 0) return { done: undefined };
        return { seen: waiting.map((name) => `${name}: ${wordsOf(name, items)}`).join('\n') };
      },
      { deadlineMs: readyWithinMs, everyMs: 300, ...(signal === undefined ? {} : { signal }) },
    );
  }

  async #run(args: readonly string[], input?: string): Promise<string> {
    const { kubeconfig, namespace, signal } = this.#options;
    const { stdout } = await run(
      this.#kubectl,
      ['--kubeconfig', kubeconfig, '--namespace', namespace, ...args],
      {
        timeoutMs: 60_000,
        ...(input === undefined ? {} : { input }),
        ...(signal === undefined ? {} : { signal }),
      },
    );
    return stdout;
  }
}

/** The Deployment runs what was applied last, and nothing older. */
export function isAvailable({ kind, metadata, status }: Status): boolean {
  return (
    kind === 'Deployment' &&
    status?.observedGeneration === metadata.generation &&
    status?.updatedReplicas === 1 &&
    status?.availableReplicas === 1 &&
    status?.replicas === 1
  );
}

/** What the pods of a Deployment say about themselves. */
export function wordsOf(name: string, items: readonly Status[]): string {
  const pods = items.filter(({ kind, metadata }) => kind === 'Pod' && metadata.name.startsWith(`${name}-`));
  if (pods.length === 0) return 'no pod yet';
  return pods
    .map(({ metadata, status }) => {
      const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
      const words = [
        ...containers.flatMap(({ name: which, state = {} }) =>
          Object.entries(state)
            .filter(([, { reason }]) => reason !== undefined && reason !== 'Completed')
            .map(([, { reason, message }]) => [which, reason, message].filter(Boolean).join(' ')),
        ),
        ...(status?.conditions ?? []).flatMap(({ status: holds, message }) =>
          holds === 'False' && message ? [message] : [],
        ),
      ];
      return [`pod ${metadata.name} is ${status?.phase ?? 'unknown'}`, ...words].join('; ');
    })
    .join('\n');
}
