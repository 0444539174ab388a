import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../../src/tools/versions.ts';
import versions from '../../../versions.json' with { type: 'json' };
import { linesWith, repositoryFiles } from './files.ts';

interface Manifest {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, Manifest & { version?: string; resolved?: string; integrity?: string; link?: boolean }>
  >;
}

const json = async (path: string) =>
  JSON.parse(await readFile(join(repositoryRoot, path), 'utf8')) as unknown;

describe('versions.json is the only place of an image pin', () => {
  it('no hand-written source names an image with its tag', async () => {
    const sources = (await repositoryFiles()).filter(
      ({ path, generated }) => !generated && /^(src|lab|charts|scripts|environments|cli|checks)\//.test(path),
    );
    expect(sources.length).toBeGreaterThan(50);
    const tagged = /\b(docker\.io|ghcr\.io|quay\.io|registry\.k8s\.io)\/[\w./-]+(:v?\d|@sha256:)/;
    expect(linesWith(sources, tagged)).toEqual([]);
  });

  it.each(Object.entries(versions.images))('the pin of %s is nowhere else', async (_, image) => {
    // A test may name any image as its data.
    const files = (await repositoryFiles()).filter(({ path }) => !path.startsWith('test/'));
    const name = image.slice(image.lastIndexOf('/') + 1);
    const holders = files
      .filter(({ text, generated }) => !generated && text.includes(name))
      .map(({ path }) => path);
    expect(holders).toEqual(['versions.json']);
  });
});

describe('the node packages', () => {
  it.each(['package.json', 'lab/package.json'])('%s pins every dependency exactly', async (path) => {
    const { dependencies = {}, devDependencies = {} } = (await json(path)) as Manifest;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('the lock file is that of package.json and lab/package.json', async () => {
    const lock = (await json('package-lock.json')) as Lock;
    for (const [path, folder] of [
      ['package.json', ''],
      ['lab/package.json', 'lab'],
    ] as const) {
      const { dependencies, devDependencies } = (await json(path)) as Manifest;
      const locked = lock.packages[folder];
      expect([locked?.dependencies, locked?.devDependencies]).toEqual([dependencies, devDependencies]);
    }
  });

  it('the lock file has the optional packages of every platform, without which npm ci refuses it', async () => {
    // `npm install` beside a node_modules of one platform leaves out the others: run it with --package-lock-only and none.
    const { packages } = (await json('package-lock.json')) as Lock;
    const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    const present = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter((name) => !present.has(name))).toEqual([]);
  });

  it('the lock file names no host, and pins the content of every package', async () => {
    const lock = (await json('package-lock.json')) as Lock;
    const packages = Object.entries(lock.packages).filter(
      ([path, entry]) => path.startsWith('node_modules/') && !entry.link,
    );
    expect(packages.length).toBeGreaterThan(50);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });
});
