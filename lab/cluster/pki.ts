import { generateKeyPair } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { run } from '../../src/process/run.ts';
import { addresses, clusterDomain, ports } from './addresses.ts';
import { type Cancellation, cancelling, together } from './cancellation.ts';
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
  /** Whether a server is a client as well, of another that knows it by the same certificate. */
  readonly asks?: boolean;
};

/** Clients of the API server inside the node, each with a kubeconfig; the names are fixed by Kubernetes' own RBAC. */
export type Client = 'admin' | 'controller-manager' | 'scheduler' | 'kubelet' | 'proxy';

/** Path of the kubeconfig that a client inside the node uses. */
export function clientKubeconfig(inst: Instance, client: Client): string {
  return join(inst.pkiDir, `${client}.kubeconfig`);
}

/** Makes all keys, certificates and kubeconfigs of an instance: EC P-256, two authorities, valid for ten years. */
export async function makePki(inst: Instance, cancel: Cancellation): Promise<void> {
  await mkdir(inst.pkiDir, { recursive: true, mode: 0o700 });
  // Without a file of its own openssl adds the extensions of the machine's openssl.cnf.
  await writeFile(opensslConfig(inst), '[req]\ndistinguished_name = subject\n[subject]\n');
  await together(cancel, [
    (cancel) => makeAuthority(inst, 'ca', cancel),
    (cancel) => makeAuthority(inst, 'front-proxy-ca', cancel),
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
        await kubeconfig(inst, name, `https://127.0.0.1:${ports.apiServer}`),
        { mode: 0o600 },
      ),
    ),
  );
  // The certificate serves 127.0.0.1, whatever the port, so the host's kubectl verifies it as well.
  const url = `https://127.0.0.1:${inst.apiPort}`;
  await writeFile(inst.kubeconfig, await kubeconfig(inst, 'admin', url), { mode: 0o600 });
}

/** A server's certificate and key with the authority that signed it, all PEM. */
export interface ServerPem {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/**
 * Makes a certificate for servers that run in the cluster and ask one another; made anew at each call.
 * @param name of the files, and of the user that the certificate stands for
 * @param hosts names that the servers are asked by
 */
export async function clusterServerPem(
  inst: Instance,
  name: string,
  hosts: readonly string[],
  cancel: Cancellation,
): Promise<ServerPem> {
  const serves = hosts.map((host) => `DNS:${host}`);
  await sign(inst, { name, authority: 'ca', user: name, serves, asks: true }, cancel);
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

async function makeAuthority(
  inst: Instance,
  name: Certificate['authority'],
  cancel: Cancellation,
): Promise<void> {
  await request(
    inst,
    name,
    `/CN=${name}`,
    ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'],
    [],
    cancel,
  );
}

async function sign(inst: Instance, certificate: Certificate, cancel: Cancellation): Promise<void> {
  const { name, authority, user, group, serves, asks = serves === undefined } = certificate;
  const usages = [...(serves === undefined ? [] : ['serverAuth']), ...(asks ? ['clientAuth'] : [])];
  const extensions = [
    'keyUsage=critical,digitalSignature',
    `extendedKeyUsage=${usages.join(',')}`,
    ...(serves === undefined ? [] : [`subjectAltName=${serves.join(',')}`]),
  ];
  const signer = [
    '-CA',
    join(inst.pkiDir, `${authority}.crt`),
    '-CAkey',
    join(inst.pkiDir, `${authority}.key`),
  ];
  await request(
    inst,
    name,
    `${group === undefined ? '' : `/O=${group}`}/CN=${user}`,
    extensions,
    signer,
    cancel,
  );
}

/** A new key and its certificate; signed by itself where no signer is given. */
async function request(
  inst: Instance,
  name: string,
  subject: string,
  extensions: readonly string[],
  signer: readonly string[],
  cancel: Cancellation,
): Promise<void> {
  await run(
    'openssl',
    [
      ...['req', '-x509', '-config', opensslConfig(inst), '-days', '3650', '-subj', subject],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', join(inst.pkiDir, `${name}.key`), '-out', join(inst.pkiDir, `${name}.crt`)],
      ...signer,
      ...extensions.flatMap((extension) => ['-addext', extension]),
    ],
    { timeoutMs: 30_000, ...cancelling(cancel) },
  );
}

/** The key that signs service account tokens, and its public half that verifies them. */
async function makeServiceAccountKey(inst: Instance): Promise<void> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  await writeFile(join(inst.pkiDir, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), {
    mode: 0o600,
  });
  await writeFile(join(inst.pkiDir, 'sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
}

/** A kubeconfig with everything inside, so that a copy of the file works anywhere. JSON is YAML. */
async function kubeconfig(inst: Instance, client: Client, server: string): Promise<string> {
  const data = async (file: string) => (await readFile(join(inst.pkiDir, file))).toString('base64');
  const { name } = inst;
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority-data': await data('ca.crt') } }],
    users: [
      {
        name,
        user: {
          'client-certificate-data': await data(`${client}.crt`),
          'client-key-data': await data(`${client}.key`),
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function opensslConfig(inst: Instance): string {
  return join(inst.pkiDir, 'openssl.cnf');
}
