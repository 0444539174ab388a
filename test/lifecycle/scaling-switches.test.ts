import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { chartDirectory, HelmError, helm, renderChart } from '../../src/chart/helm.ts';
import { assertNoFall } from '../../src/deploy/switches.ts';
import { kubectl } from '../../src/kubernetes/kubectl.ts';
import { program } from '../../src/tools/programs.ts';
import { repositoryRoot } from '../../src/tools/versions.ts';
import { cluster, freshNamespace } from '../server/support.ts';
import { shell } from '../support/cli.ts';
import { commandsFor } from '../support/documented-commands.ts';

const document = 'docs/scaling.md';
const release = 'audio-processor';
const engines = ['fixed', 'manual', 'hpa', 'keda'] as const;
type Engine = (typeof engines)[number];

/** Pods that the values name under `fixed`, and pods that an autoscaler or a person has made of them. */
const written = 5;
const decided = 7;

/** A switch of one pool, so that one upgrade makes all of them. */
interface Switch {
  readonly from: Engine;
  readonly to: Engine;
  readonly pool: string;
  readonly deployment: string;
}

function change(from: Engine, to: Engine, more = ''): Switch {
  const pool = `${from}-${to}${more}`;
  return { from, to, pool, deployment: `audio-${pool}-worker` };
}

/** Every pair of engines. */
const plain = engines.flatMap((from) => engines.filter((to) => to !== from).map((to) => change(from, to)));
const leaving = plain.filter(({ from }) => from === 'fixed');
/** The same away from `fixed`, after the documented command, and after one that names the number that is there. */
const transferred = leaving.map(({ from, to }) => change(from, to, '-transferred'));
const same = change('fixed', 'hpa', '-same');
const all = [...plain, ...transferred, same];

/** Values in which each pool runs under the engine that `choose` names. */
function values(of: readonly Switch[], choose: (one: Switch) => Engine): object {
  const pools = of.map((one) => {
    const engine = choose(one);
    const scaling = engine === 'fixed' ? { engine, replicas: written } : { engine };
    return [one.pool, { queues: { [one.pool]: {} }, scaling }];
  });
  return { workers: { pools: { cpu: { enabled: false }, ...Object.fromEntries(pools) } } };
}
const valuesBefore = (of: readonly Switch[]) => values(of, ({ from }) => from);
const valuesAfter = (of: readonly Switch[]) => values(of, ({ to }) => to);

/** One release in a separate namespace, as Helm and kubectl reach it. */
class Site {
  readonly namespace: string;
  constructor(namespace: string) {
    this.namespace = namespace;
  }

  async helm(command: 'install' | 'upgrade', given: object, ...flags: readonly string[]): Promise<void> {
    const where = ['--namespace', this.namespace, '--kubeconfig', cluster().kubeconfig];
    const args = [command, release, chartDirectory, ...where, ...flags, '--values', '-'];
    await helm(args, { values: given }, 120_000);
  }

  /** Writes a number as an autoscaler does, or a person: through the subresource. */
  async scale(of: readonly Switch[], replicas: number): Promise<void> {
    const names = of.map(({ deployment }) => `deployment/${deployment}`);
    await kubectl(cluster(), ['scale', ...names, `--replicas=${replicas}`, '--namespace', this.namespace]);
  }

  /** Runs the documented command for each of the pools. */
  async handOver(of: readonly Switch[]): Promise<void> {
    const [block = ''] = await commandsFor(document, 'test/lifecycle/scaling-switches.test.ts');
    const path = `${dirname(await program('helm'))}:${process.env.PATH}`;
    for (const { deployment } of of) {
      const command = block
        .replaceAll('--namespace ml-service', `--namespace ${this.namespace}`)
        .replaceAll('deployment/audio-worker', `deployment/${deployment}`);
      const { exitCode, stderr } = await shell(command, {
        env: { PATH: path, KUBECONFIG: cluster().kubeconfig },
      });
      expect(exitCode, stderr).toBe(0);
    }
  }

  /** Why `up` refuses an upgrade; empty when it does not. */
  async refusal(of: readonly Switch[], name = release): Promise<string> {
    const { namespace } = this;
    const manifests = await renderChart({ release, namespace, values: valuesAfter(of) });
    return assertNoFall(cluster(), { release: name, namespace }, manifests).then(
      () => '',
      (error: unknown) => String(error),
    );
  }

  async replicas(of: readonly Switch[]): Promise<readonly (number | undefined)[]> {
    const args = ['get', 'deployments', '--output', 'json', '--namespace', this.namespace];
    const { items } = JSON.parse((await kubectl(cluster(), args)).stdout) as {
      items: readonly { metadata: { name: string }; spec: { replicas: number } }[];
    };
    return of.map(
      ({ deployment }) => items.find(({ metadata }) => metadata.name === deployment)?.spec.replicas,
    );
  }
}

const newSite = async () => new Site(await freshNamespace());

/** What became of the number of pods, in the words of the document. */
function outcome({ from, to }: Switch, now: number | undefined): string {
  if (now === (from === 'fixed' ? written : decided)) return 'kept';
  if (now === 1) return '**falls to 1**';
  return to === 'fixed' && now === written ? 'as written' : `${now} pods`;
}

/** The document's table under a heading, without the line below its head. */
async function documented(heading: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(join(repositoryRoot, document), 'utf8');
  const [table = ''] = /(?:^\|.*\n)+/m.exec(text.slice(text.indexOf(`${heading}\n`))) ?? [];
  return table
    .trim()
    .split('\n')
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
    .filter((_, index) => index !== 1);
}

describe.each([
  ['server', '### Server-side apply', []],
  ['client', '### Client-side apply', ['--server-side=false']],
] as const)('one plain upgrade with %s-side apply', (side, heading, flags) => {
  let site: Site;
  let refusal: string;
  beforeAll(async () => {
    site = await newSite();
    await site.helm('install', valuesBefore(all), ...flags);
    await site.scale(
      all.filter(({ from }) => from !== 'fixed'),
      decided,
    );
    await site.handOver(transferred);
    await site.scale([same], written);
    refusal = await site.refusal(all);
    await site.helm('upgrade', valuesAfter(all));
  }, 300_000);

  it('changes the number of pods as the table documents', async () => {
    const now = await site.replicas(plain);
    const cell = (from: Engine, to: Engine) => {
      const index = plain.findIndex((one) => one.from === from && one.to === to);
      const found = plain[index];
      return found === undefined ? '' : outcome(found, now[index]);
    };
    const rows = engines.map((from) => [from, ...engines.map((to) => cell(from, to))]);
    expect(await documented(heading)).toEqual([['from', ...engines], ...rows]);
  });

  const kept = side === 'server';
  it(`${kept ? 'keeps' : 'does not even keep'} the pods after the documented command`, async () => {
    expect(await site.replicas(transferred)).toEqual(transferred.map(() => (kept ? written + 1 : 1)));
  });

  it('falls after a `kubectl scale` to the number that is there, which changes no owner', async () => {
    expect(await site.replicas([same])).toEqual([1]);
  });

  it('is refused by `up` where the pods would fall, with the command, and nowhere else', () => {
    const falling = [...leaving, same, ...(kept ? [] : transferred)];
    for (const one of all) {
      const named = new RegExp(
        `kubectl scale deployment/${one.deployment} --replicas=\\d --namespace ${site.namespace};`,
      );
      expect(named.test(refusal), one.pool).toBe(falling.includes(one));
    }
    expect(refusal.includes('--server-side=true')).toBe(!kept);
    expect(refusal).toContain('found  : 5 pods');
  });

  it('is nothing to refuse for a release that does not exist', async () => {
    expect(await site.refusal(all, 'absent')).toBe('');
  });
});

describe('a client-side release', () => {
  it('that has changed over keeps the pods after the documented command', async () => {
    const site = await newSite();
    await site.helm('install', valuesBefore(leaving), '--server-side=false');
    await site.helm('upgrade', valuesBefore(leaving), '--server-side=true');
    await site.handOver(leaving);
    expect(await site.refusal(leaving)).toBe('');
    await site.helm('upgrade', valuesAfter(leaving));
    expect(await site.replicas(leaving)).toEqual(leaving.map(() => written + 1));
  }, 120_000);
});

describe('a switch to `fixed`', () => {
  const there = change('fixed', 'hpa');
  const fixed = (replicas: number) => ({
    workers: {
      pools: { cpu: { enabled: false }, [there.pool]: { queues: { q: {} }, scaling: { replicas } } },
    },
  });

  it('is refused by name after the remedy, and succeeds with the current number', async () => {
    const site = await newSite();
    const upgrade = (replicas: number) =>
      site.helm('upgrade', fixed(replicas)).then(
        () => '',
        (error: unknown) => (error instanceof HelmError ? error.output : Promise.reject(error)),
      );
    await site.helm('install', fixed(written));
    await site.scale([there], decided);
    await site.helm('upgrade', valuesAfter([there]));
    expect(await upgrade(written)).toMatch(
      /conflict with "kubectl" with subresource "scale".*\.spec\.replicas/,
    );
    expect(await site.replicas([there])).toEqual([decided]);
    expect(await upgrade(decided)).toBe('');
    expect(await site.replicas([there])).toEqual([decided]);
  }, 120_000);
});
