import { S3 } from '../../../lab/services/s3.ts';
import { submit } from '../../../src/deploy/api-client.ts';
import { withForward } from '../../../src/deploy/forward.ts';
import { readSecret } from '../../../src/deploy/secrets.ts';
import { waitFor } from '../../../src/process/wait-for.ts';
import { cluster, namespace } from './service.ts';

/** One line of the ledger that a task of the reference application writes to S3. */
export interface Entry {
  readonly event: 'start' | 'end';
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly task_id: string;
  readonly pod: string;
  /** Random, the same for start and end of one execution. */
  readonly execution: string;
  readonly outcome?: 'succeeded' | 'failed';
}

/** API and ledger of the running service. */
export interface Desk {
  /** Submits a task of the given length with the ledger on, and further orders of it; gives its id. */
  submit(name: string, seconds: number, orders?: object): Promise<string>;
  /** The task's entries so far, in order of time. */
  ledger(taskId: string): Promise<readonly Entry[]>;
  /** Waits until the ledger satisfies a condition; a timeout reports what the ledger had instead. */
  until(
    taskId: string,
    what: string,
    condition: (entries: readonly Entry[]) => boolean,
    deadlineMs: number,
  ): Promise<readonly Entry[]>;
}

/** Opens API and S3 on loopback for the time of `use`. */
export async function withDesk<T>(bucket: string, use: (desk: Desk) => Promise<T>): Promise<T> {
  const keys = await readSecret(cluster(), namespace, 'ml-service-secrets');
  const api = { namespace, resource: 'service/audio-processor-service', port: 8000 };
  const store = { namespace: 'lab-services', resource: 'service/s3', port: 7070 };
  return withForward(cluster(), api, (apiUrl) =>
    withForward(cluster(), store, (endpoint) => {
      const s3 = new S3({
        endpoint,
        bucket,
        accessKey: keys.S3_ACCESS_KEY ?? '',
        secretKey: keys.S3_SECRET_KEY ?? '',
      });
      const ledger = async (taskId: string) => {
        const found = await s3.list(`ledger/${taskId}/`);
        const texts = await Promise.all(found.map(({ key }) => s3.get(key)));
        return texts.map((text) => JSON.parse(text.toString()) as Entry);
      };
      return use({
        submit: (name, seconds, orders = {}) =>
          submit(apiUrl, {
            video_id: name,
            audio_uri: `s3://${bucket}/samples/sine-440.wav`,
            meta: { lab: { ...orders, seconds, ledger: true } },
          }),
        ledger,
        until: (taskId, what, condition, deadlineMs) =>
          waitFor(
            what,
            async () => {
              const entries = await ledger(taskId);
              const observed = entries.map((one) => `${one.at} ${one.event} in ${one.pod}`).join('; ');
              return condition(entries) ? { value: entries } : { observed: observed || 'an empty ledger' };
            },
            { deadlineMs, everyMs: 250 },
          ),
      });
    }),
  );
}

/** Executions that began, and those that ended well. */
export function count(entries: readonly Entry[]): { readonly started: number; readonly succeeded: number } {
  return {
    started: entries.filter((entry) => entry.event === 'start').length,
    succeeded: entries.filter((entry) => entry.outcome === 'succeeded').length,
  };
}
