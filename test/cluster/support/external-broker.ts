import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../../lab/cluster/certificate.ts';
import { randomPassword } from '../../../src/deploy/secrets.ts';
import { applyObjects, getObject, kubectl } from '../../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../../src/process/wait-for.ts';
import versions from '../../../versions.json' with { type: 'json' };
import { cluster } from './service.ts';

const namespace = 'data';
const host = `redis.${namespace}.svc`;
const ports = { tls: 6390 } as const;

/** A broker outside the release, behind TLS, that wants a client certificate. */
export interface ExternalBroker {
  readonly password: string;
  /** `rediss://…` without parameters. */
  readonly tlsUrl: string;
  /** PEM by file name: ca.crt, tls.crt and tls.key of a client. */
  readonly certificates: Readonly<Record<'ca.crt' | 'tls.crt' | 'tls.key', string>>;
}

/** Starts it, and waits until all its servers answer; `remove` takes its namespace away. */
export async function startExternalBroker(): Promise<{
  broker: ExternalBroker;
  remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'external-broker-'));
  const password = randomPassword();
  try {
    await makeCertificates(folder);
    const pem = (name: string) => readFile(join(folder, name), 'utf8');
    const authority = { 'ca.crt': await pem('ca.crt') };
    const own = { ...authority, 'tls.crt': await pem('server.crt'), 'tls.key': await pem('server.key') };
    await applyObjects(cluster(), objects(own, password));
    await untilReady();
    const broker = {
      password,
      tlsUrl: `rediss://:${password}@${host}:${ports.tls}/0`,
      certificates: { ...authority, 'tls.crt': await pem('client.crt'), 'tls.key': await pem('client.key') },
    };
    const deletion = ['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false'];
    return { broker, remove: () => kubectl(cluster(), deletion).then(() => undefined) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function untilReady(): Promise<void> {
  await waitFor(
    'the external broker',
    async () => {
      const pod = await getObject(cluster(), 'pod', 'redis', namespace);
      const { conditions = [] } = (pod?.status ?? {}) as {
        conditions?: readonly { type: string; status: string; message?: string }[];
      };
      const ready = conditions.find(({ type }) => type === 'Ready');
      return ready?.status === 'True'
        ? { value: undefined }
        : { observed: ready?.message ?? 'no such condition' };
    },
    { deadlineMs: 120_000, everyMs: 500 },
  );
}

/** An authority, a server's certificate for the Service's name, and a client's. */
async function makeCertificates(folder: string): Promise<void> {
  const common = (name: string) => ({ name, subject: `/CN=${name}`, days: 1 });
  await makeCertificate(folder, common('ca'));
  await makeCertificate(folder, { ...common('server'), signer: 'ca', serves: [`DNS:${host}`] });
  await makeCertificate(folder, { ...common('client'), signer: 'ca' });
}

function objects(certificates: Readonly<Record<string, string>>, password: string): readonly object[] {
  const metadata = { name: 'redis', namespace };
  const labels = { app: 'redis' };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      stringData: { ...certificates, ...configurations(password) },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        clusterIP: 'None',
        selector: labels,
        ports: [{ port: ports.tls }],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata, labels },
      spec: {
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 0,
        containers: [server('tls', ports.tls)],
        volumes: [{ name: 'settings', secret: { secretName: 'redis' } }],
      },
    },
  ];
}

/** Configuration of each server by its file in the Secret. */
function configurations(password: string): Readonly<Record<string, string>> {
  const common = ['protected-mode no', `requirepass ${password}`, 'dir /tmp'];
  const data = [...common, 'save ""', `masterauth ${password}`];
  const tls = ['ca-cert-file /settings/ca.crt', 'cert-file /settings/tls.crt', 'key-file /settings/tls.key'];
  const files: Readonly<Record<string, readonly string[]>> = {
    'tls.conf': [...data, 'port 0', `tls-port ${ports.tls}`, ...tls.map((line) => `tls-${line}`)],
  };
  return Object.fromEntries(Object.entries(files).map(([name, lines]) => [name, `${lines.join('\n')}\n`]));
}

/** Debian's redis-check-rdb is redis-server under another name, and unlike our valkey-server it knows TLS. */
function server(name: string, port: number): object {
  const script = `cp /settings/${name}.conf /tmp/own.conf; ln -sf /usr/bin/redis-check-rdb /tmp/redis-server
exec /tmp/redis-server /tmp/own.conf`;
  return {
    name,
    image: versions.images.broker,
    command: ['sh', '-ec', script],
    readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
    volumeMounts: [{ name: 'settings', mountPath: '/settings', readOnly: true }],
  };
}
