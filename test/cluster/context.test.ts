import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kubectl } from '../../src/kubernetes/kubectl.ts';
import { run } from '../../src/process/run.ts';
import { program } from '../../src/tools/programs.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { mergeValues, type ValueMap } from '../../src/values/merge.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { prepareForProduction, productionFiles, removeNamespaces } from './support/production.ts';
import { allReady, cluster, labInstance, namespace } from './support/service.ts';

/** `nobody`: no root, no Go, a separate home and cache. */
const nobody = 65534;
const thisTest = 'test/cluster/context.test.ts';

let home: string;
let clone: string;
let substitutions: ReadonlyMap<string, string>;

beforeAll(async () => {
  const services = await prepareForProduction();
  home = await mkdtemp(join(tmpdir(), 'nobody-'));
  clone = join(home, 'clone');
  await copyWorkTree(clone);
  await programsOnPath(join(home, 'bin'));
  await writeFile(join(home, 'kubeconfig'), await readFile(labInstance().kubeconfig));
  const layers = await Promise.all(
    productionFiles.map(async (file) => parse(await readFile(file, 'utf8')) as ValueMap),
  );
  await writeFile(join(clone, 'prod.yaml'), JSON.stringify(mergeValues({}, layers)));
  await run('chown', ['-R', `${nobody}:${nobody}`, home], { timeoutMs: 60_000 });
  await chmod(home, 0o755);
  substitutions = new Map([
    ['your-access-key', services.accessKey],
    ['your-secret-key', services.secretKey],
    ['letters-and-digits-only', 'abcDEF123'],
    ['my-cluster', labInstance().name],
    ['https://s3.example.com', services.s3Endpoint],
    ['ml-service-features', services.bucket],
  ]);
});

afterAll(async () => {
  await removeNamespaces();
  await rm(home, { recursive: true, force: true });
});

/** The work tree as it is, with its packages: what an unprivileged user's clone would hold. */
async function copyWorkTree(target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const list = `git -C '${repositoryRoot}' ls-files -z --cached --others --exclude-standard --deduplicate`;
  const { exitCode, stderr } = await shell(
    `${list} | tar --create --directory '${repositoryRoot}' --null --files-from - --ignore-failed-read | tar --extract --directory '${target}'`,
  );
  expect(exitCode, stderr).toBe(0);
  await cp(join(repositoryRoot, 'node_modules'), join(target, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
  });
}

/** What README's commands call: node, npm, git and the clients; not Go. */
async function programsOnPath(folder: string): Promise<void> {
  await mkdir(folder);
  for (const name of ['helm', 'kubectl'] as const) await cp(await program(name), join(folder, name));
  await symlink(process.execPath, join(folder, 'node'));
}

/** Runs a documented block as `nobody`, with the lab's own names in place of the examples. */
async function asNobody(block: string, timeoutMs: number) {
  let command = block;
  for (const [example, real] of substitutions) command = command.replaceAll(example, real);
  await writeFile(join(clone, '.block.sh'), command);
  // npm hands its own settings (root's cache among them) to what it starts; a user's shell has none of them.
  const inherited = Object.keys(process.env).filter((name) => /^(npm_|go)/i.test(name));
  const forgotten = inherited.map((name) => `-u '${name}'`).join(' ');
  const path = `${join(home, 'bin')}:/usr/bin:/bin`;
  const env = `env ${forgotten} HOME='${home}' XDG_CACHE_HOME='${home}/.cache' KUBECONFIG='${home}/kubeconfig' PATH='${path}'`;
  const become = `setpriv --reuid=${nobody} --regid=${nobody} --clear-groups`;
  return shell(`${become} ${env} bash -euo pipefail .block.sh`, { cwd: clone, timeoutMs });
}

/** Every object that an install could change, with the version that any write would move. */
async function everyVersion(): Promise<readonly string[]> {
  const kinds = 'deployments,statefulsets,services,configmaps,secrets,serviceaccounts,persistentvolumeclaims';
  const template =
    '{range .items[*]}{.kind}/{.metadata.name} {.metadata.generation} {.metadata.uid}{"\\n"}{end}';
  const args = ['get', kinds, '--namespace', namespace, '--output', `jsonpath=${template}`];
  return (await kubectl(cluster(), args)).stdout.split('\n').sort();
}

describe('a user without root and without Go, on an existing cluster', () => {
  it('has no Go on the PATH', async () => {
    const { stdout } = await asNobody('id -u; command -v go || echo none', 10_000);
    expect(stdout).toBe(`${nobody}\nnone`);
  });

  it('installs with plain kubectl and helm, by the commands of the README', async () => {
    const [plain = ''] = await commandsFor('README.md', thisTest);
    const { exitCode, stderr } = await asNobody(plain, 120_000);
    expect(exitCode, stderr).toBe(0);
    await allReady(3);
  });

  it('and then with up --context, by the command of the README', async () => {
    const [, withCli = ''] = await commandsFor('README.md', thisTest);
    const { exitCode, stderr } = await asNobody(withCli, 300_000);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).not.toMatch(/building/);
    await allReady(3);
  });

  it('up --context names a key that the Secret lacks and changes nothing', async () => {
    await kubectl(cluster(), [
      'patch',
      'secret',
      'ml-service-secrets',
      '--namespace',
      namespace,
      '--type',
      'json',
      '--patch',
      '[{"op":"remove","path":"/data/S3_SECRET_KEY"}]',
    ]);
    const before = await everyVersion();
    const [, withCli = ''] = await commandsFor('README.md', thisTest);
    const { exitCode, stderr } = await asNobody(withCli, 60_000);
    expect(await everyVersion()).toEqual(before);
    expect(stderr).toContain('Secret ml-service-secrets in namespace ml-service lacks the key S3_SECRET_KEY');
    expect(exitCode).toBe(2);
  });

  it('down --context uninstalls and leaves claim, Secret and namespace', async () => {
    const { exitCode, stderr } = await asNobody('npm run down -- --context my-cluster', 120_000);
    expect(exitCode, stderr).toBe(0);
    const args = ['get', 'pvc,secret', '--namespace', namespace, '--output', 'name'];
    const { stdout } = await kubectl(cluster(), args);
    expect(stdout).toContain('secret/ml-service-secrets');
    expect(stdout).toContain('persistentvolumeclaim/');
    expect(stdout).not.toContain('sh.helm.release');
  });
});
