import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getObject, listObjects } from '../../src/kubernetes/kubectl.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { type CliOutcome, shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';
import { originalCommands } from '../support/original-readme.ts';
import { prepareForProduction, removeNamespaces } from './support/production.ts';
import { allReady, cluster, labInstance, namespace } from './support/service.ts';

const thisTest = 'test/cluster/original-readme.test.ts';
/** What a user who has copied `environments/prod.yaml` does by the README, and what makes it fit this node. */
const helm = (command: string) =>
  `helm ${command} audio-processor ./charts/audio-processor -f prod.yaml -f lab/overlays/shrink.yaml`;

let folder: string;
let env: Readonly<Record<string, string>>;
let placeholders: ReadonlyMap<string, string>;

beforeAll(async () => {
  const services = await prepareForProduction();
  folder = await mkdtemp(join(tmpdir(), 'operator-'));
  for (const name of ['charts', 'lab']) await symlink(join(repositoryRoot, name), join(folder, name));
  await copyFile(join(repositoryRoot, 'environments/prod.yaml'), join(folder, 'prod.yaml'));
  await writeFile(join(folder, 'kubeconfig'), await readFile(labInstance().kubeconfig), { mode: 0o600 });
  env = {
    PATH: `${dirname(await program('helm'))}:${process.env.PATH}`,
    KUBECONFIG: join(folder, 'kubeconfig'),
  };
  placeholders = new Map([
    ['your-access-key', services.accessKey],
    ['your-secret-key', services.secretKey],
  ]);
});

afterAll(async () => {
  await removeNamespaces();
  await rm(folder, { recursive: true, force: true });
});

/** Types a command in an operator's terminal. */
async function type(command: string, timeoutMs = 120_000): Promise<CliOutcome> {
  let text = command;
  for (const [placeholder, value] of placeholders) text = text.replaceAll(placeholder, value);
  return shell(text, { cwd: folder, env, timeoutMs });
}

/** The same, and it has to succeed. */
async function succeed(command: string, timeoutMs?: number): Promise<string> {
  const { exitCode, stdout, stderr } = await type(command, timeoutMs);
  expect(exitCode, `${command}\n${stderr}`).toBe(0);
  return stdout;
}

/** A command of the original README, which this test must hold word for word. */
function original(command: string): string {
  expect(originalCommands.filter(({ replaced }) => replaced === undefined)).toContainEqual({ command });
  typed.add(command);
  return command;
}

const typed = new Set<string>();

async function replicasOf(deployment: string): Promise<number | undefined> {
  const found = await getObject(cluster(), 'deployment', deployment, namespace);
  return (found?.spec as { replicas?: number } | undefined)?.replicas;
}

async function imageOf(deployment: string): Promise<string | undefined> {
  const found = await getObject(cluster(), 'deployment', deployment, namespace);
  const spec = found?.spec as { template: { spec: { containers: { image: string }[] } } } | undefined;
  return spec?.template.spec.containers[0]?.image;
}

describe('an operator of the raw manifests installs the chart', () => {
  it('makes the namespaces, with Pod Security labels', async () => {
    const [install = ''] = await commandsFor('README.md', 'test/cluster/context.test.ts');
    const commands = install.split('\n').filter((line) => /^kubectl (create|label) namespace/.test(line));
    expect(commands).toHaveLength(4);
    for (const command of commands) await succeed(command);
  });

  it('makes the Secrets as before, and adds the keys that are new', async () => {
    for (const { command, replaced } of originalCommands) {
      if (replaced === undefined && command.startsWith('kubectl create secret')) {
        expect(await succeed(original(command))).toContain('created');
      }
    }
    const [patch = ''] = await commandsFor('docs/upgrading.md', thisTest);
    await succeed(patch);
  });

  it('installs into the namespace of the context, without `-n`, and everything runs', async () => {
    await succeed(`kubectl config set-context --current --namespace=${namespace}`);
    await succeed(helm('install'));
    await allReady(7);
  });
});

describe('and types the commands of the original README, word for word', () => {
  it.each([
    ['kubectl get pods -n ml-service', /audio-gpu-worker-\S+ +2\/2 +Running/],
    [
      'kubectl get pods -n monitoring',
      /alertmanager-\S+ +1\/1 +Running.*\n.*grafana-\S+ +1\/1 +Running.*\n.*prometheus-\S+ +1\/1 +Running/,
    ],
    [
      'kubectl get svc -n ml-service',
      /audio-processor-service .*\n(.*\n)*flower-service .*\n(.*\n)*redis-service /,
    ],
    [
      'kubectl get svc -n monitoring',
      /alertmanager-service .*\n.*grafana-service .*\n.*prometheus-service .*9090/,
    ],
    [
      'kubectl get hpa -n ml-service',
      /audio-gpu-worker-hpa .*\n.*audio-processor-hpa .*\n.*audio-worker-hpa /,
    ],
    ['kubectl describe hpa audio-worker-hpa -n ml-service', /Min replicas: +1\nMax replicas: +3\n/],
    ['kubectl get events -n ml-service --sort-by=.metadata.creationTimestamp', /Pod\/|pod\//],
    ['kubectl get events -n ml-service', /SuccessfulCreate/],
  ])('%s', async (command, expected) => {
    expect(await succeed(original(command))).toMatch(expected);
  });

  it.each([
    ['kubectl logs -f deployment/audio-processor -n ml-service', 'Uvicorn running'],
    ['kubectl logs -f deployment/audio-worker -n ml-service', 'audio_queue'],
    ['kubectl logs -f deployment/audio-gpu-worker -n ml-service', 'gpu_queue'],
  ])('%s: follows until it is stopped', async (command, expected) => {
    const { exitCode, stdout, stderr } = await type(`timeout 3 ${original(command)}`);
    expect(exitCode, stderr).toBe(124);
    expect(stdout).toContain(expected);
  });

  it('kubectl describe pod <pod-name> -n ml-service', async () => {
    const [pod] = await listObjects(cluster(), 'pods', namespace, 'app.kubernetes.io/component=api');
    const command = original('kubectl describe pod <pod-name> -n ml-service');
    const text = await succeed(command.replace('<pod-name>', pod?.metadata.name ?? ''));
    expect(text).toContain('Service Account:  ml-service-sa');
  });

  it('kubectl exec -it … -- /bin/bash', async () => {
    const command = original('kubectl exec -it deployment/audio-processor -n ml-service -- /bin/bash');
    // A pseudo-terminal, which `-t` requires.
    const terminal = `script --quiet --return --command '${command}' /dev/null <<< $'id -u\\nexit 3'`;
    const { exitCode, stdout, stderr } = await type(terminal);
    expect(exitCode, stdout + stderr).toBe(3);
    expect(stdout).toMatch(/^1000\r?$/m);
  });

  it('kubectl top pods -n ml-service', async () => {
    const command = original('kubectl top pods -n ml-service');
    const text = await waitFor(
      'resource metrics of the pods',
      async () => {
        const { exitCode, stdout, stderr } = await type(command);
        return exitCode === 0 && stdout.includes('audio-worker') ? { value: stdout } : { observed: stderr };
      },
      { deadlineMs: 120_000, everyMs: 2_000 },
    );
    expect(text).toMatch(/redis-0 +\d+m +\d+Mi/);
  });

  it('kubectl scale: it does so, and the autoscaler continues from there within its bounds', async () => {
    await succeed(original('kubectl scale deployment audio-worker --replicas=10 -n ml-service'));
    await waitFor(
      'the autoscaler to bring ten workers within its bounds',
      async () => {
        const replicas = (await replicasOf('audio-worker')) ?? 0;
        return replicas <= 3 ? { value: true } : { observed: `${replicas} replicas` };
      },
      { deadlineMs: 90_000, everyMs: 1_000 },
    );
    // Helm renders no number of pods, so it has nothing to argue about.
    await succeed(helm('upgrade'));
  });

  it('kubectl set image and rollout status', async () => {
    for (const name of ['audio-processor', 'audio-worker']) {
      const image = 'your-registry.com/audio-processor:v1.1.0';
      await succeed(original(`kubectl set image deployment/${name} ${name}=${image} -n ml-service`));
      expect(await imageOf(name)).toBe(image);
    }
    const status = original('kubectl rollout status deployment/audio-processor -n ml-service');
    expect(await succeed(status)).toContain('successfully rolled out');
    await succeed('kubectl rollout status deployment/audio-worker -n ml-service');
    const { exitCode, stderr } = await type(helm('upgrade'));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /conflict with "kubectl-set".*containers\[name="audio-(processor|worker)"\]\.image/,
    );
  });

  it('kubectl rollout undo, after which an upgrade has nothing to argue about', async () => {
    for (const name of ['audio-processor', 'audio-worker']) {
      await succeed(original(`kubectl rollout undo deployment/${name} -n ml-service`));
      await succeed(`kubectl rollout status deployment/${name} -n ml-service`);
      expect(await imageOf(name)).toBe('registry.example.com/audio-processor:v1.4.2');
    }
    await succeed(helm('upgrade'));
    await allReady(7);
  });
});

describe('and removes it', () => {
  it('uninstalls without `-n`; Secrets and claims survive', async () => {
    await succeed('helm uninstall audio-processor --wait');
    const left = 'secret/ml-service-secrets persistentvolumeclaim/redis-data';
    // An idle worker whose broker was deleted with it tries to connect five times, for about two minutes.
    await waitFor(
      'nothing but the Secret and the claim to be left',
      async () => {
        const kinds = 'pods,deployments,statefulsets,services,hpa,pdb,httproutes,secrets,pvc';
        const observed = (await succeed(`kubectl get ${kinds} --output name`)).trim().replaceAll('\n', ' ');
        return observed === left ? { value: true } : { observed };
      },
      { deadlineMs: 240_000, everyMs: 1_000 },
    );
  });

  it.each(['ml-service', 'monitoring'])('kubectl delete namespace %s', async (name) => {
    await succeed(original(`kubectl delete namespace ${name}`));
    expect(await getObject(cluster(), 'namespace', name)).toBeUndefined();
  });

  it('has typed every command of the original README that is not replaced', () => {
    const all = originalCommands.filter(({ replaced }) => replaced === undefined);
    expect(all.map(({ command }) => command).filter((command) => !typed.has(command))).toEqual([]);
  });
});
