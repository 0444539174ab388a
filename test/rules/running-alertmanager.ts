import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../checks/control-plane/ports.ts';
import { start } from '../../src/process/run.ts';
import { waitFor } from '../../src/process/wait-for.ts';
import { program } from '../../src/tools/programs.ts';

/** Labels of an alert. */
export type Labels = Readonly<Record<string, string>>;

interface ApiAlert {
  readonly labels: Labels;
  readonly status: { readonly inhibitedBy: readonly string[] };
}

/**
 * Which of several alerts an Alertmanager with this configuration inhibits while all of them fire, by their positions.
 * @param configFile a configuration whose other files exist
 */
export async function inhibitedAlerts(
  configFile: string,
  alerts: readonly Labels[],
): Promise<readonly boolean[]> {
  const folder = await mkdtemp(join(tmpdir(), 'alertmanager-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/api/v2/alerts`;
  const args = [
    `--config.file=${configFile}`,
    `--storage.path=${folder}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ];
  const server = start(await program('alertmanager'), args, {
    logFile: join(folder, 'log'),
    detached: false,
  });
  try {
    const body = JSON.stringify(alerts.map((labels) => ({ labels })));
    const found = await waitFor(
      `Alertmanager to know ${alerts.length} alerts`,
      async () => {
        const headers = { 'content-type': 'application/json' };
        const posted = await fetch(url, { method: 'POST', headers, body });
        if (!posted.ok) return { observed: `${posted.status} ${await posted.text()}` };
        const known = (await (await fetch(url)).json()) as readonly ApiAlert[];
        return known.length === alerts.length ? { value: known } : { observed: `${known.length} alerts` };
      },
      { deadlineMs: 20_000, everyMs: 100 },
    );
    const key = (labels: Labels) => JSON.stringify(Object.entries(labels).sort());
    const inhibited = new Map(
      found.map(({ labels, status }) => [key(labels), status.inhibitedBy.length > 0]),
    );
    return alerts.map((labels) => inhibited.get(key(labels)) ?? false);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
