import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { helmMatrix } from '../../checks/matrix.ts';
import { chartDirectory } from '../../src/chart/helm.ts';
import { run } from '../../src/process/run.ts';
import { type Archive, digestOf, packChart } from '../../src/release/pack.ts';
import { publish } from '../../src/release/publish.ts';
import { pull } from '../../src/release/registry.ts';
import { isSigned } from '../../src/release/sign.ts';
import { program } from '../../src/tools/programs.ts';
import { startRegistry, type TestRegistry } from '../support/registry.ts';

let server: TestRegistry;
let archive: Archive;
beforeAll(async () => {
  archive = await packChart(chartDirectory);
});
beforeEach(async () => {
  server = await startRegistry();
});
afterEach(() => server.stop());

const registry = () => ({ url: server.url, plainHttp: true });
const tags = async () => ((await (await server.get('tags/list')).json()) as { tags: readonly string[] }).tags;

/** Many short programs one after another, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe('publishing', () => {
  it('pushes, and gives the reference under which the very bytes come back', async () => {
    const done = await publish(archive, registry());
    const { digest } = done;
    expect(done).toEqual({
      reference: `${server.url}/audio-processor@${digest}`,
      version: archive.version,
      digest,
      archive: archive.digest,
      pushed: true,
    });
    expect(await tags()).toEqual([archive.version]);
    const manifest = Buffer.from(await (await server.get(`manifests/${digest}`)).arrayBuffer());
    expect(digestOf(manifest)).toBe(digest);
    const { layers } = JSON.parse(manifest.toString()) as { layers: readonly { digest: string }[] };
    expect(layers.map((layer) => layer.digest)).toEqual([archive.digest]);
  });

  it('again does nothing, and gives the same reference', async () => {
    const first = await publish(archive, registry());
    expect(await publish(archive, registry())).toEqual({ ...first, pushed: false });
  });

  it('of another chart under a version that is there is refused, and changes nothing', async () => {
    const first = await publish(archive, registry());
    const bytes = Buffer.concat([archive.bytes, Buffer.from('\n')]);
    const other = { ...archive, bytes, digest: digestOf(bytes) };
    await expect(publish(other, registry())).rejects.toMatchObject({
      problems: [
        {
          message: `${server.url}/audio-processor has another chart as version ${archive.version}`,
          found: archive.digest,
          allowed: other.digest,
        },
      ],
    });
    expect((await pull(registry(), archive.name, { version: archive.version }))?.digest).toBe(first.digest);
  });

  it('gives one digest in every place, at every hour, by every Helm', async () => {
    const digests = [(await publish(archive, registry())).digest];
    vi.stubEnv('TZ', 'Asia/Tokyo');
    try {
      for (const name of helmMatrix) {
        const other = await startRegistry();
        const place = { url: other.url, plainHttp: true, helm: await program(name) };
        digests.push((await publish(archive, place).finally(() => other.stop())).digest);
      }
    } finally {
      vi.unstubAllEnvs();
    }
    expect(digests).toEqual(digests.map(() => digests[0]));
  });

  it('takes a registry that does not answer for what it is, not for an empty one', async () => {
    const nobody = { url: 'oci://127.0.0.1:1/charts', plainHttp: true };
    await expect(publish(archive, nobody)).rejects.toThrow(/connection refused/);
  });

  it.each(helmMatrix)('comes back by version and by digest through %s', async (name) => {
    const { digest } = await publish(archive, registry());
    const through = { ...registry(), helm: await program(name) };
    for (const reference of [{ version: archive.version }, { digest }]) {
      const pulled = await pull(through, archive.name, reference);
      expect(pulled?.digest).toBe(digest);
      expect(pulled?.bytes.equals(archive.bytes)).toBe(true);
    }
    expect(await pull(through, archive.name, { version: '99.0.0' })).toBeUndefined();
    expect(await pull(through, 'nothing', { version: '1.0.0' })).toBeUndefined();
  });
});

describe('signing', () => {
  let folder: string;
  let keys: Readonly<Record<'private' | 'public' | 'foreign', string>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keys-'));
    const pair = async (name: string) => {
      const args = ['generate-key-pair', '--output-key-prefix', join(folder, name)];
      await run(await program('cosign'), args, { env: { COSIGN_PASSWORD: 'one' }, timeoutMs: 30_000 });
      return { key: join(folder, `${name}.key`), pub: join(folder, `${name}.pub`) };
    };
    const [own, foreign] = [await pair('own'), await pair('foreign')];
    keys = { private: own.key, public: own.pub, foreign: foreign.pub };
    vi.stubEnv('COSIGN_PASSWORD', 'one');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('signs once; the signature is by this key and no other, and for this chart alone', async () => {
    const first = await publish(archive, registry(), { key: keys.private });
    expect(first.signed).toBe('now');
    expect(await publish(archive, registry(), { key: keys.private })).toEqual({
      ...first,
      pushed: false,
      signed: 'already',
    });
    const place = { reference: first.reference.slice('oci://'.length), plainHttp: true };
    expect(await isSigned(keys.public, place)).toBe(true);
    expect(await isSigned(keys.foreign, place)).toBe(false);
  });

  it('finds none on a chart that nobody signed', async () => {
    const { reference } = await publish(archive, registry());
    const place = { reference: reference.slice('oci://'.length), plainHttp: true };
    expect(await isSigned(keys.public, place)).toBe(false);
  });
});
