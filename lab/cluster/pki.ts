import { generateKeyPair } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kubeconfig } from '../../src/kubernetes/kubeconfig.ts';
import { addresses, clusterDomain, ports } from './addresses.ts';
import { type Cancellation, together } from './cancellation.ts';
import { makeCertificate } from './certificate.ts';
import type { Instance } from './instance.ts';

/** Certificates that servers and their special clients use; files `<name>.crt` and `<name>.key`. */
type Certificate = {
  readonly name: string;
  readonly authority: 'ca' | 'front-proxy-ca';
  /** Who the holder is: the certificate's common name is the user, the organisation the group. */
  readonly user: string;
  readonly group?: string;
  /** Names and addresses of a server; absent for a client. */
  readonly serves?: readonly string[];
  /** Whether a server is a client as well, of another that verifies the same certificate. */
  readonly isClient?: boolean;
};

/** Clients of the API server inside the node, each with a kubeconfig; the names are fixed by Kubernetes' own RBAC. */
export type Client = 'admin' | 'controller-manager' | 'scheduler' | 'kubelet' | 'proxy';

/** How long every certificate of a lab is valid. */
const days = 3650;

/** Path of the kubeconfig that a client inside the node uses. */
export function clientKubeconfig(inst: Instance, client: Client): string {
  return join(inst.pkiDir, `${client}.kubeconfig`);
}

/** Makes all keys, certificates and kubeconfigs of an instance: EC P-256, two authorities, valid for ten years. */
export async function makePki(inst: Instance, cancel: Cancellation): Promise<void> {
  await mkdir(inst.pkiDir, { recursive: true, mode: 0o700 });
  await together(cancel, [
    ...['ca', 'front-proxy-ca'].map(
      (name) => (cancel: Cancellation) =>
        makeCertificate(inst.pkiDir, { name, subject: `/CN=${name}`, days }, cancel.signal),
    ),
    () => makeServiceAccountKey(inst),
  ]);
  await together(
    cancel,
    certificates(inst).map((certificate) => (cancel) => sign(inst, certificate, cancel)),
  );
  await Promise.all(
    clients(inst).map(async ({ name }) =>
      writeFile(
        join(inst.pkiDir, `${name}.kubeconfig`),
        await clientConfig(inst, name, `https://127.0.0.1:${ports.apiServer}`),
        { mode: 0o600 },
      ),
    ),
  );
  // The certificate serves 127.0.0.1, whatever the port, so the host's kubectl verifies it as well.
  const url = `https://127.0.0.1:${inst.apiPort}`;
  await writeFile(inst.kubeconfig, await clientConfig(inst, 'admin', url), { mode: 0o600 });
}

/** A server's certificate and key with the authority that signed it, all PEM. */
export interface ServerPem {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/**
 * Makes a certificate for servers that run in the cluster and connect to one another; a new one at each call.
 * @param name of the files, and of the user in the certificate
 * @param hosts names that clients connect to
 */
export async function clusterServerPem(
  inst: Instance,
  name: string,
  hosts: readonly string[],
  cancel: Cancellation,
): Promise<ServerPem> {
  const serves = hosts.map((host) => `DNS:${host}`);
  await sign(inst, { name, authority: 'ca', user: name, serves, isClient: true }, cancel);
  const read = (file: string) => readFile(join(inst.pkiDir, file), 'utf8');
  return {
    authority: await read('ca.crt'),
    certificate: await read(`${name}.crt`),
    key: await read(`${name}.key`),
  };
}

function certificates(inst: Instance): readonly Certificate[] {
  const service = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    `kubernetes.default.svc.${clusterDomain}`,
  ];
  return [
    {
      name: 'apiserver',
      authority: 'ca',
      user: 'kube-apiserver',
      serves: [
        ...[...service, 'localhost'].map((name) => `DNS:${name}`),
        ...['127.0.0.1', addresses.node, addresses.apiService].map((address) => `IP:${address}`),
      ],
    },
    {
      name: 'apiserver-kubelet-client',
      authority: 'ca',
      user: 'kube-apiserver-kubelet-client',
      group: 'system:masters',
    },
    { name: 'front-proxy-client', authority: 'front-proxy-ca', user: 'front-proxy-client' },
    {
      name: 'kubelet-server',
      authority: 'ca',
      user: `system:node:${inst.nodeName}`,
      group: 'system:nodes',
      serves: [`DNS:${inst.nodeName}`, `IP:${addresses.node}`, 'IP:127.0.0.1'],
    },
    ...clients(inst),
  ];
}

function clients(inst: Instance): readonly (Certificate & { readonly name: Client })[] {
  const authority = 'ca';
  return [
    { name: 'admin', authority, user: 'admin', group: 'system:masters' },
    { name: 'controller-manager', authority, user: 'system:kube-controller-manager' },
    { name: 'scheduler', authority, user: 'system:kube-scheduler' },
    { name: 'kubelet', authority, user: `system:node:${inst.nodeName}`, group: 'system:nodes' },
    { name: 'proxy', authority, user: 'system:kube-proxy' },
  ];
}

async function sign(inst: Instance, certificate: Certificate, cancel: Cancellation): Promise<void> {
  const { authority, user, group, ...rest } = certificate;
  const subject = `${group === undefined ? '' : `/O=${group}`}/CN=${user}`;
  await makeCertificate(inst.pkiDir, { ...rest, subject, days, signer: authority }, cancel.signal);
}

/** The key that signs service account tokens, and its public half that verifies them. */
async function makeServiceAccountKey(inst: Instance): Promise<void> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  await writeFile(join(inst.pkiDir, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), {
    mode: 0o600,
  });
  await writeFile(join(inst.pkiDir, 'sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
}

async function clientConfig(inst: Instance, client: Client, server: string): Promise<string> {
  const read = (file: string) => readFile(join(inst.pkiDir, file));
  return kubeconfig({
    name: inst.name,
    server,
    authority: await read('ca.crt'),
    user: { certificate: await read(`${client}.crt`), key: await read(`${client}.key`) },
  });
}
