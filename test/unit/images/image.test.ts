import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ImageRecipe, image } from '../../../lab/images/image.ts';
import type { LayerRecipe } from '../../../lab/images/layer.ts';
import { directory, textFile } from '../../../lab/images/tree.ts';
import { run } from '../../../src/process/run.ts';
import { cacheRoot } from '../../../src/tools/cache.ts';
import { progressOf } from '../../../src/tools/progress.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'image-'));
  vi.stubEnv('XDG_CACHE_HOME', home);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const silent = progressOf();
const layerOf = (name: string, text: string): LayerRecipe => ({
  name,
  key: createHash('sha256').update(text).digest('hex').slice(0, 16),
  entries: vi.fn(async () => [textFile(`opt/${name}`, text), directory('data', { uid: 999, gid: 999 })]),
});
const recipeOf = (text: string, change: Partial<ImageRecipe> = {}): ImageRecipe => ({
  name: 'localhost/trial',
  config: {
    user: '1000:1000',
    workdir: '/app',
    entrypoint: ['/opt/start'],
    command: ['serve', '--all'],
    ports: [8000],
    env: { PATH: '/bin', HOME: '/app' },
  },
  layers: [layerOf('base', 'the same'), layerOf('application', text)],
  ...change,
});

/** Unpacks an archive by GNU tar and follows it as a container runtime would, checking each digest on the way. */
async function followed(archive: string) {
  const folder = await mkdtemp(join(home, 'layout-'));
  await run('tar', ['-xf', archive, '-C', folder], { timeoutMs: 10_000 });
  const blob = async (descriptor: { digest: string; size: number }) => {
    const bytes = await readFile(join(folder, 'blobs', descriptor.digest.replace(':', '/')));
    expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(descriptor.digest);
    expect(bytes.length).toBe(descriptor.size);
    return bytes;
  };
  const json = (bytes: Buffer) => JSON.parse(bytes.toString('utf8'));
  const index = json(await readFile(join(folder, 'index.json')));
  const manifest = json(await blob(index.manifests[0]));
  const config = json(await blob(manifest.config));
  for (const descriptor of manifest.layers) await blob(descriptor);
  const blobs = await readdir(join(folder, 'blobs/sha256'));
  return { layout: json(await readFile(join(folder, 'oci-layout'))), index, manifest, config, blobs };
}

describe('an image archive', () => {
  it('leads from the index by the manifest to the configuration and every layer, and holds nothing else', async () => {
    const made = await image(recipeOf('one'), silent);
    const { layout, index, manifest, config, blobs } = await followed(made.archive);
    expect(layout).toEqual({ imageLayoutVersion: '1.0.0' });
    expect(index.manifests).toHaveLength(1);
    expect(index.manifests[0].digest).toBe(made.digest);
    expect(manifest.layers).toHaveLength(2);
    expect(config.rootfs.diff_ids).toEqual(manifest.layers.map((one: { digest: string }) => one.digest));
    expect(blobs).toHaveLength(4);
  });

  it('carries the name that containerd gives it', async () => {
    const made = await image(recipeOf('one', { name: 'registry.example/a/b:v1' }), silent);
    const { index } = await followed(made.archive);
    expect(made.name).toBe('registry.example/a/b:v1');
    expect(index.manifests[0].annotations).toEqual({
      'io.containerd.image.name': 'registry.example/a/b:v1',
      'org.opencontainers.image.ref.name': 'v1',
    });
    expect(index.manifests[0].platform).toEqual({ architecture: 'amd64', os: 'linux' });
  });

  it('has the command of its process', async () => {
    const { config } = await followed((await image(recipeOf('one'), silent)).archive);
    expect(config.config).toEqual({
      User: '1000:1000',
      WorkingDir: '/app',
      Entrypoint: ['/opt/start'],
      Cmd: ['serve', '--all'],
      ExposedPorts: { '8000/tcp': {} },
      Env: ['PATH=/bin', 'HOME=/app'],
    });
  });

  it('is byte for byte the same when everything is packed again elsewhere', async () => {
    const first = await image(recipeOf('one'), silent);
    const bytes = await readFile(first.archive);
    vi.stubEnv('XDG_CACHE_HOME', join(home, 'elsewhere'));
    const second = await image(recipeOf('one'), silent);
    expect(second.archive).not.toBe(first.archive);
    expect({ ...second, archive: '' }).toEqual({ ...first, archive: '' });
    expect((await readFile(second.archive)).equals(bytes)).toBe(true);
  });
});

describe('packing again', () => {
  it('does nothing while the inputs are the same', async () => {
    const first = await image(recipeOf('one'), silent);
    const again = recipeOf('one');
    const notes: string[] = [];
    expect(
      await image(
        again,
        progressOf((line) => notes.push(line)),
      ),
    ).toEqual(first);
    expect(notes).toEqual([]);
    expect(again.layers[1]?.entries).not.toHaveBeenCalled();
  });

  it('makes only the layer that changed, and gives the image another tag', async () => {
    const first = await image(recipeOf('one'), silent);
    const changed = recipeOf('two');
    const second = await image(changed, silent);
    expect(changed.layers[0]?.entries).not.toHaveBeenCalled();
    expect(changed.layers[1]?.entries).toHaveBeenCalledOnce();
    expect(first.name).toMatch(/^localhost\/trial:[0-9a-f]{12}$/);
    expect(second.name).not.toBe(first.name);
    expect(second.digest).not.toBe(first.digest);
  });

  it('makes another image when only its start command changes', async () => {
    const first = await image(recipeOf('one'), silent);
    const second = await image(recipeOf('one', { config: { command: ['other'] } }), silent);
    expect(second.name).not.toBe(first.name);
    expect(second.digest).not.toBe(first.digest);
  });

  it('forgets what is many edits old', async () => {
    for (let edit = 0; edit < 8; edit++) await image(recipeOf(`edit ${edit}`), silent);
    expect(await readdir(join(cacheRoot(), 'images'))).toHaveLength(3);
    expect(
      (await readdir(join(cacheRoot(), 'layers'))).filter((name) => name.startsWith('application')),
    ).toHaveLength(3);
  });
});
