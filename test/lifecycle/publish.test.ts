import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { helmMatrix } from '../../checks/matrix.ts';
import { status } from '../../src/chart/release.ts';
import { ensureNamespace } from '../../src/deploy/namespace.ts';
import { run } from '../../src/process/run.ts';
import { packChart } from '../../src/release/pack.ts';
import { publish } from '../../src/release/publish.ts';
import { program } from '../../src/tools/programs.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { cluster, freshNamespace } from '../server/support.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { startRegistry, type TestRegistry } from '../support/registry.ts';

const [publishing = '', keys = '', installing = '', comparing = ''] = await commandsFor(
  'docs/release.md',
  'test/lifecycle/publish.test.ts',
);

let server: TestRegistry;
/** A folder as a user has it: the archive, his values, his keys. */
let folder: string;
let archive: Awaited<ReturnType<typeof packChart>>;
beforeAll(async () => {
  server = await startRegistry();
  folder = await mkdtemp(join(tmpdir(), 'release-'));
  archive = await packChart(await clone('one'));
  await cp(join(repositoryRoot, 'environments/prod.yaml'), join(folder, 'prod.yaml'));
  await ensureNamespace(cluster(), 'monitoring');
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** The chart of a clone of what is committed here, without anything that only this folder has. */
async function clone(name: string): Promise<string> {
  const target = join(folder, name);
  const git = ['clone', '--quiet', '--no-hardlinks', repositoryRoot, target];
  await run('git', git, { timeoutMs: 60_000 });
  return join(target, 'charts/audio-processor');
}

/** Runs a documented block against the test's registry and API server. */
async function documented(block: string, namespace: string, env: Readonly<Record<string, string>> = {}) {
  const folders = [await program('helm'), await program('cosign')].map(dirname);
  const host = server.url.slice('oci://'.length);
  const command = block
    .replaceAll('registry.example.com/charts', host)
    .replaceAll('--namespace ml-service', `--namespace ${namespace} --plain-http`)
    .replaceAll('cosign verify', 'cosign verify --allow-http-registry')
    .replaceAll('npm run publish --', `npm --prefix '${repositoryRoot}' run publish -- --plain-http --json`)
    .replaceAll('test/releases/audio-processor-0.1.0.tgz', archive.fileName);
  const path = [...folders, process.env.PATH].join(':');
  const { kubeconfig } = cluster();
  return shell(command, {
    cwd: folder,
    env: { PATH: path, KUBECONFIG: kubeconfig, COSIGN_PASSWORD: 'secret', INIT_CWD: folder, ...env },
  });
}

/** Each step is one or two programs of a second; this bears a machine that does ten other things. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe('a release', () => {
  it('is packed from two clones with one digest', async () => {
    const other = await packChart(await clone('two'));
    expect(other.digest).toBe(archive.digest);
  });

  it('is published, verified and installed by digest by the commands of docs/release.md', async () => {
    await writeFile(join(folder, archive.fileName), archive.bytes);
    const namespace = await freshNamespace();
    expect(await documented(keys, namespace)).toMatchObject({ exitCode: 0 });
    const published = await documented(publishing, namespace);
    expect(published.exitCode, published.stderr).toBe(0);
    const { digest, signed } = JSON.parse(published.stdout.slice(published.stdout.indexOf('{'))) as {
      readonly digest: string;
      readonly signed: string;
    };
    expect(signed).toBe('now');
    const installed = await documented(installing, namespace, { DIGEST: digest });
    expect(installed.exitCode, installed.stderr).toBe(0);
    expect(await status({ ...cluster(), release: 'audio-processor', namespace })).toMatchObject({
      status: 'deployed',
      revision: 1,
    });
  });

  it('is refused by the verification when another key signed it', async () => {
    const { digest } = await publish(archive, { url: server.url, plainHttp: true });
    const foreign = 'COSIGN_PASSWORD= cosign generate-key-pair --output-key-prefix foreign\n';
    const [verify = ''] = installing.split('\nhelm');
    const block = foreign + verify.replace('cosign.pub', 'foreign.pub');
    const { exitCode, stderr } = await documented(block, 'none', { DIGEST: digest });
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/no matching attestations/);
  });

  it.each(helmMatrix)('is installed by digest and by version with %s', async (name) => {
    const { reference, version } = await publish(archive, { url: server.url, plainHttp: true });
    const helm = await program(name);
    const byVersion = [reference.slice(0, reference.indexOf('@')), '--version', version];
    for (const chart of [[reference], byVersion]) {
      const namespace = await freshNamespace();
      const where = ['--namespace', namespace, '--kubeconfig', cluster().kubeconfig, '--plain-http'];
      const { stdout } = await run(helm, ['install', 'audio-processor', ...chart, ...where], {
        timeoutMs: 60_000,
      });
      expect(stdout).toContain('STATUS: deployed');
    }
  });
});

it('the digest that packing prints is what sha256sum finds', async () => {
  const packed = join(folder, 'packed');
  const block = comparing
    .replaceAll('npm run package', `npm run package -- --out ${packed}`)
    .replaceAll('test/releases/audio-processor-0.1.0.tgz', join(packed, archive.fileName));
  const { exitCode, stdout, stderr } = await shell(block);
  expect(exitCode, stderr).toBe(0);
  const [, printed = 'nothing'] = /sha256:([0-9a-f]{64})/.exec(stderr) ?? [];
  expect(stdout).toContain(printed);
});
