import { randomBytes } from 'node:crypto';
import { LabNamespace, type LabNamespaceOptions } from './lab-namespace.ts';
import {
  bucket,
  credentialsObject,
  credentialsSecret,
  mastermlPort,
  s3Port,
  serviceObjects,
} from './manifests.ts';
import { namespaceObject } from './pods.ts';

/** The services beside the application in the lab, and how to reach them from inside the cluster. */
export interface LabServices {
  readonly s3Endpoint: string;
  readonly mastermlUrl: string;
  /** Made with the S3 server; empty at first. */
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Where and with which images. */
export interface LabServicesOptions extends LabNamespaceOptions {
  /** Names under which the node's containerd has them. */
  readonly images: { readonly versitygw: string; readonly masterml: string };
}

/**
 * S3 and MasterML, running. Repeating it changes nothing: the S3 account is made once at random and then kept.
 * @throws {CommandError} when the cluster refuses an object.
 * @throws {WaitError} when one is not available after 120 s, with the reason of each pod.
 */
export async function deployServices(options: LabServicesOptions): Promise<LabServices> {
  const { namespace, images } = options;
  const cluster = new LabNamespace(options);
  await cluster.apply([namespaceObject(namespace)]);
  const account = await credentials(cluster, namespace);
  await cluster.apply(serviceObjects(namespace, images));
  await cluster.waitUntilAvailable(['s3', 'masterml']);
  return {
    s3Endpoint: `http://s3.${namespace}.svc:${s3Port}`,
    mastermlUrl: `http://masterml.${namespace}.svc:${mastermlPort}`,
    bucket,
    ...account,
  };
}

/** The S3 account: read, or made now. Two that make it at once end up with the same one. */
async function credentials(
  cluster: LabNamespace,
  namespace: string,
): Promise<{ accessKey: string; secretKey: string }> {
  const present = await readCredentials(cluster, namespace);
  if (present !== undefined) return present;
  const made = {
    accessKey: `lab${randomBytes(8).toString('hex')}`,
    secretKey: randomBytes(24).toString('hex'),
  };
  try {
    const object = credentialsObject(namespace, made);
    await cluster.kubectl(['create', '--field-manager=lab', '-f', '-'], JSON.stringify(object));
    return made;
  } catch (error) {
    const other = await readCredentials(cluster, namespace);
    if (other === undefined) throw error;
    return other;
  }
}

async function readCredentials(
  cluster: LabNamespace,
  namespace: string,
): Promise<{ accessKey: string; secretKey: string } | undefined> {
  const text = await cluster.kubectl([
    'get',
    'secret',
    credentialsSecret,
    '--ignore-not-found',
    '-o',
    'json',
  ]);
  if (text.trim() === '') return undefined;
  const { data = {} } = JSON.parse(text) as { data?: Readonly<Record<string, string>> };
  const value = (key: string) => Buffer.from(data[key] ?? '', 'base64').toString('utf8');
  const account = { accessKey: value('accessKey'), secretKey: value('secretKey') };
  if (account.accessKey !== '' && account.secretKey !== '') return account;
  throw new Error(
    `Secret ${namespace}/${credentialsSecret} lacks accessKey or secretKey; delete it and its pod, and run this again`,
  );
}
