import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../checks/control-plane/ports.ts';
import { startServer, withRetriedPort } from '../../checks/control-plane/server.ts';
import { program } from '../../src/tools/programs.ts';

/** An OCI registry of a test's own, on loopback, without TLS and without users. */
export interface TestRegistry {
  /** `oci://127.0.0.1:PORT/charts` */
  readonly url: string;
  /** Requests the registry itself: `tags/list`, `manifests/<digest>`, below the path of a chart. */
  get(path: string): Promise<Response>;
  stop(): Promise<void>;
}

/** Starts CNCF Distribution, the registry that most others are measured by. */
export async function startRegistry(): Promise<TestRegistry> {
  const executable = await program('registry');
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  return withRetriedPort(async () => {
    const host = `127.0.0.1:${await freePort()}`;
    const config = join(folder, 'config.json');
    await writeFile(
      config,
      JSON.stringify({
        version: 0.1,
        log: { level: 'error', accesslog: { disabled: true } },
        storage: { filesystem: { rootdirectory: join(folder, 'data') } },
        http: { addr: host },
      }),
    );
    const daemon = await startServer({
      name: 'registry',
      file: executable,
      args: ['serve', config],
      logFile: join(folder, 'log'),
      ready: async () => {
        const { status } = await fetch(`http://${host}/v2/`);
        if (status !== 200) throw new Error(`HTTP ${status}`);
      },
      deadlineMs: 30_000,
    });
    return {
      url: `oci://${host}/charts`,
      get: (path) =>
        fetch(`http://${host}/v2/charts/audio-processor/${path}`, {
          headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
        }),
      stop: async () => {
        await daemon.stop();
        await rm(folder, { recursive: true });
      },
    };
  });
}
