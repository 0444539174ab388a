import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withForward } from '../../src/deploy/forward.ts';
import { readSecret } from '../../src/deploy/secrets.ts';
import { applyObjects, getObject, kubectl, listObjects } from '../../src/kubernetes/kubectl.ts';
import { CommandError } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { type ExternalBroker, startExternalBroker } from './support/external-broker.ts';
import { cluster, namespace, upWith } from './support/service.ts';

const secret = 'ml-service-secrets';

/** Runs commands of the docs in a folder with these files, on the lab. */
async function runDocumented(command: string, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'documented-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const { kubeconfig = '' } = cluster();
    const PATH = `${dirname(await program('kubectl'))}:${process.env.PATH}`;
    const { exitCode, stderr } = await shell(command, { cwd: folder, env: { KUBECONFIG: kubeconfig, PATH } });
    expect(exitCode, stderr).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Replaces the service's Secret by one with the URLs, as documented, while `use` runs. */
async function withUrls<T>(url: string, command: string, use: () => Promise<T>): Promise<T> {
  const before = await readSecret(cluster(), namespace, secret);
  const metadata = { name: secret, namespace };
  const remove = () => kubectl(cluster(), ['delete', 'secret', secret, '--namespace', namespace]);
  const { REDIS_PASSWORD: _, ...kept } = before;
  await remove();
  try {
    const values = { ...kept, CELERY_BROKER_URL: url, CELERY_RESULT_BACKEND: url };
    const lines = Object.entries(values).map(([key, value]) => `${key}=${value}\n`);
    await runDocumented(command, { 'ml-service.env': lines.join('') });
    return await use();
  } finally {
    await remove();
    await applyObjects(cluster(), [{ apiVersion: 'v1', kind: 'Secret', metadata, stringData: before }]);
  }
}

/** Exit code and words of a program in a pod, with other variables than the pod's own. */
async function inWorker(env: Readonly<Record<string, string>>, command: readonly string[]) {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const target = ['exec', 'deployment/audio-worker', '--container', 'audio-worker', '--namespace', namespace];
  return kubectl(cluster(), [...target, '--', 'env', ...variables, ...command]).then(
    ({ stdout, stderr }) => ({ exitCode: 0, text: `${stdout}${stderr}` }),
    (error: unknown) => {
      if (!(error instanceof CommandError)) throw error;
      return { exitCode: error.exitCode, text: `${error.stdout}${error.stderr}` };
    },
  );
}

const one = { engine: 'fixed', replicas: 1 };

function values(external: object): object {
  return {
    // A Secret with the same name and other content restarts nobody by itself.
    secrets: { revision: JSON.stringify(external).length.toString() },
    broker: { mode: 'external', external },
    flower: { enabled: true },
    workers: { pools: { cpu: { concurrency: 1, scaling: one } } },
  };
}

async function overTls({ tlsUrl, certificates }: ExternalBroker): Promise<void> {
  const [urls = '', ca = '', own = ''] = await commandsFor('docs/broker.md', 'test/cluster/broker.test.ts');
  await runDocumented(ca, certificates);
  await runDocumented(own, certificates);
  await withUrls(tlsUrl, urls, async () => {
    const tls = {
      enabled: true,
      ca: { secret: 'broker-ca' },
      clientCertificate: { secret: 'broker-client' },
    };
    const outcome = await upWith(values({ tls }));
    expect(outcome.samples.map(({ status, mismatches }) => ({ status, mismatches }))).toEqual(
      outcome.samples.map(() => ({ status: 'completed', mismatches: [] })),
    );
    expect(outcome.samples.length).toBeGreaterThan(3);
    const objects = await listObjects(cluster(), 'statefulsets,services', namespace);
    expect(objects.map(({ metadata }) => metadata.name).filter((name) => name.includes('redis'))).toEqual([]);

    // The same connection is refused by the client without the authority, and by the broker without a certificate.
    const ping = ['celery', 'inspect', 'ping', '--timeout', '10'];
    expect(await inWorker({}, ping)).toMatchObject({ exitCode: 0 });
    const strange = await inWorker({ AUDIO_PROCESSOR_BROKER_CA: '' }, ping);
    expect(strange.text).toContain('certificate verify failed');
    expect(strange.exitCode).not.toBe(0);
    const nobody = await inWorker(
      { AUDIO_PROCESSOR_BROKER_CERTIFICATE: '', AUDIO_PROCESSOR_BROKER_KEY: '' },
      ping,
    );
    expect(nobody.exitCode).not.toBe(0);
    const unencrypted = await inWorker({ CELERY_BROKER_URL: tlsUrl.replace('rediss:', 'redis:') }, ping);
    expect(unencrypted.text).toContain(
      'CELERY_BROKER_URL begins with redis:// and broker.external.tls.enabled is true',
    );

    await flowerSeesQueues();
    await beatsTaskIsDone();
  });
}

/** Flower's own client of the broker, which reads no parameters of the URL. */
async function flowerSeesQueues(): Promise<void> {
  const { FLOWER_BASIC_AUTH = '' } = await readSecret(cluster(), namespace, secret);
  const headers = { authorization: `Basic ${Buffer.from(FLOWER_BASIC_AUTH).toString('base64')}` };
  const target = { namespace, resource: 'service/flower-service', port: 5555 };
  await withForward(cluster(), target, (url) =>
    waitFor(
      'the lengths of the queues in Flower',
      async () => {
        // Flower lists the queues of the workers that it has inspected.
        await fetch(`${url}/flower/api/workers?refresh=1`, { headers });
        const answer = await fetch(`${url}/flower/api/queues/length`, { headers });
        const text = await answer.text();
        return answer.status === 200 && text.includes('audio_queue')
          ? { value: undefined }
          : { observed: `${answer.status}: ${text.slice(0, 500)}` };
      },
      { deadlineMs: 60_000, everyMs: 1_000 },
    ),
  );
}

/** The chart's own beat with the application's own schedule: its first task comes after a minute. */
async function beatsTaskIsDone(): Promise<void> {
  const container = ['--container', 'audio-worker', '--namespace', namespace];
  await waitFor(
    "beat's task to be done",
    async () => {
      const { stdout } = await kubectl(cluster(), ['logs', 'deployment/audio-worker', ...container]);
      return /health_check_task\[\S+\] succeeded/.test(stdout)
        ? { value: undefined }
        : { observed: stdout.slice(-300) };
    },
    { deadlineMs: 100_000, everyMs: 1_000 },
  );
}

describe('an external broker', () => {
  let broker: ExternalBroker;
  let remove: () => Promise<void> = async () => {};
  beforeAll(async () => {
    // It makes the namespace, and the Secret whose keys of S3 are taken over.
    if ((await getObject(cluster(), 'secret', secret, namespace)) === undefined) await upWith({});
    ({ broker, remove } = await startExternalBroker());
  });
  afterAll(() => remove());

  it('analyses every sample over verified TLS', () => overTls(broker));
});
