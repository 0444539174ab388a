import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chartDirectory, HelmError, helm } from '../../src/chart/helm.ts';
import { kubectl } from '../../src/kubernetes/kubectl.ts';
import { type Program, program } from '../../src/tools/programs.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { cluster, freshNamespace } from '../server/support.ts';
import { type CliOutcome, shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';

const release = 'audio-processor';
const other = 'your-registry.com/audio-processor:v1.1.0';
const [force = '', changeOver = '', fromManifests = ''] = await commandsFor(
  'docs/upgrading.md',
  'test/lifecycle/crossings.test.ts',
);

// Up to six calls of Helm and kubectl a test.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let namespace: string;
beforeEach(async () => {
  namespace = await freshNamespace();
});

type Command = 'install' | 'upgrade' | 'rollback';

/** Helm on the release, with two fixed pods of each workload. */
async function onRelease(command: Command, ...flags: readonly string[]): Promise<void> {
  await by('helm', command, ...flags);
}

/** The same by another Helm of the matrix. */
async function by(which: Program, command: Command, ...flags: readonly string[]): Promise<void> {
  const chart = command === 'rollback' ? [] : [chartDirectory];
  const where = ['--namespace', namespace, '--kubeconfig', cluster().kubeconfig];
  await helm([command, release, ...chart, ...where, ...flags], { helm: await program(which) }, 60_000);
}

/** What Helm refuses with; empty when it succeeds. */
async function refusal(...args: Parameters<typeof onRelease>): Promise<string> {
  try {
    await onRelease(...args);
    return '';
  } catch (error) {
    if (error instanceof HelmError) return error.output;
    throw error;
  }
}

const onWorkers = (...args: readonly string[]) => kubectl(cluster(), [...args, '--namespace', namespace]);
const setImage = () => onWorkers('set', 'image', 'deployment/audio-worker', `audio-worker=${other}`);
const scale = () => onWorkers('scale', 'deployment', 'audio-worker', '--replicas=10');

/** Image and number of the workers, and who owns any of their fields by which way of writing. */
async function workers() {
  const args = ['get', 'deployment', 'audio-worker', '--show-managed-fields', '--output', 'json'];
  const { metadata, spec } = JSON.parse((await onWorkers(...args)).stdout) as {
    metadata: { managedFields: readonly { manager: string; operation: string }[] };
    spec: { replicas: number; template: { spec: { containers: readonly { image: string }[] } } };
  };
  return {
    replicas: spec.replicas,
    image: spec.template.spec.containers[0]?.image,
    owners: metadata.managedFields.map(({ manager, operation }) => `${manager} ${operation}`).sort(),
  };
}

/** Runs a documented block with the pinned programs, in this test's namespace and with the environment's values. */
async function documented(block: string): Promise<CliOutcome> {
  const path = `${dirname(await program('helm'))}:${process.env.PATH}`;
  const command = block
    .replaceAll('ml-service -f prod.yaml', `${namespace} -f environments/dev.yaml`)
    .replaceAll('--namespace ml-service', `--namespace ${namespace}`);
  return shell(command, { env: { PATH: path, KUBECONFIG: cluster().kubeconfig } });
}

describe('after kubectl has written, an upgrade on the server', () => {
  beforeEach(async () => {
    await onRelease('install');
  });

  it('names manager and field of a changed image, and so does a rollback', async () => {
    await setImage();
    const named =
      /conflict with "kubectl-set".*\.spec\.template\.spec\.containers\[name="audio-worker"\]\.image/;
    expect(await refusal('upgrade')).toMatch(named);
    expect(await refusal('rollback', '1')).toMatch(named);
    expect(await workers()).toMatchObject({ image: other });
  });

  it('names manager and field of a changed number', async () => {
    await scale();
    expect(await refusal('upgrade')).toMatch(
      /conflict with "kubectl" with subresource "scale".*: \.spec\.replicas/,
    );
    expect(await workers()).toMatchObject({ replicas: 10 });
  });

  it('takes everything back by the documented command', async () => {
    await setImage();
    await scale();
    const { exitCode, stderr } = await documented(force);
    expect(exitCode, stderr).toBe(0);
    expect(await workers()).toEqual({
      replicas: 1,
      image: 'registry.example.com/audio-processor:main',
      owners: ['helm Apply'],
    });
    expect(await refusal('upgrade')).toBe('');
  });

  it('agrees to the same value, and names the manager again at the next one', async () => {
    await setImage();
    const tag = (of: string) => ['--set', `image.registry=your-registry.com,image.tag=${of}`];
    expect(await refusal('upgrade', ...tag('v1.1.0'))).toBe('');
    expect(await refusal('upgrade', ...tag('v1.2.0'))).toContain('conflict with "kubectl-set"');
    expect(await refusal('upgrade', ...tag('v1.2.0'), '--force-conflicts')).toBe('');
    expect(await refusal('upgrade', ...tag('v1.3.0'))).toBe('');
  });

  it('leaves the number alone where the chart renders none', async () => {
    const manual = ['--set', 'workers.pools.cpu.scaling.engine=manual'];
    expect(await refusal('upgrade', ...manual)).toBe('');
    await scale();
    expect(await refusal('upgrade', ...manual, '--set', 'image.tag=v2')).toBe('');
    expect(await workers()).toMatchObject({ replicas: 10, image: 'audio-processor:v2' });
  });
});

const makers: readonly (readonly [title: string, which: Program, flags: readonly string[]])[] = [
  ['by Helm 3', 'helm-3', []],
  ['by Helm 4, client-side', 'helm', ['--server-side=false']],
];

describe.each(makers)('a release that was made %s', (_title, which, flags) => {
  beforeEach(async () => {
    await by(which, 'install', ...flags);
  });

  it('stays client-side, and an upgrade silently puts back what kubectl changed', async () => {
    await setImage();
    await scale();
    expect(await refusal('upgrade')).toBe('');
    const { owners, ...state } = await workers();
    expect(state).toEqual({ replicas: 2, image: 'audio-processor:v1.0.0' });
    expect(owners).toContain('helm Update');
  });

  it('migrates by the documented command, stays so, and can return', async () => {
    const { exitCode, stderr } = await documented(changeOver);
    expect(exitCode, stderr).toBe(0);
    expect((await workers()).owners).toEqual(['helm Apply']);
    expect(await refusal('upgrade', '--set', 'image.tag=v2')).toBe('');
    expect(await workers()).toMatchObject({ image: 'audio-processor:v2', owners: ['helm Apply'] });
    await by(which, 'upgrade', '--set', 'image.tag=v3', ...flags);
    expect(await workers()).toMatchObject({ image: 'audio-processor:v3' });
    expect((await workers()).owners).toContain('helm Update');
    // After Helm 3, Helm 4 continues client-side; a manager has no conflict with itself.
    expect(await refusal('upgrade', '--set', 'image.tag=v4')).toBe('');
    expect(await workers()).toMatchObject({ image: 'audio-processor:v4' });
  });

  it('names all that kubectl wrote when it changes over, and takes it back when forced', async () => {
    await setImage();
    await scale();
    const named = await refusal('upgrade', '--server-side=true');
    for (const word of ['"kubectl-set"', '.image', '"kubectl" with subresource "scale"', '.spec.replicas']) {
      expect(named).toContain(word);
    }
    expect(await refusal('upgrade', '--server-side=true', '--force-conflicts')).toBe('');
    expect((await workers()).owners).toEqual(['helm Apply']);
  });
});

describe('where the raw manifests were applied', () => {
  beforeEach(async () => {
    const manifests = await readFile(join(repositoryRoot, 'test/lifecycle/raw-manifests.yaml'), 'utf8');
    await kubectl(cluster(), ['apply', '--namespace', namespace, '--filename', '-'], { input: manifests });
  });

  it('an install is refused before anything is changed', async () => {
    const before = await everything();
    expect(await refusal('install')).toContain('exists and cannot be imported into the current release');
    expect(await everything()).toEqual(before);
  });

  it('the documented command installs, and leaves the Secret', async () => {
    const { exitCode, stderr } = await documented(fromManifests);
    expect(exitCode, stderr).toBe(0);
    expect((await workers()).owners).toEqual(['helm Apply']);
    expect(await everything()).toContain('secret/ml-service-secrets');
  });

  async function everything(): Promise<readonly string[]> {
    const kinds = 'deployments,services,configmaps,secrets,serviceaccounts,hpa,roles,rolebindings,ingresses';
    const { stdout } = await onWorkers('get', kinds, '--output', 'name');
    return stdout.split('\n').filter((name) => !name.includes('sh.helm.release'));
  }
});
