import { withForward } from '../../src/deploy/forward.ts';
import type { Cluster } from '../../src/kubernetes/kubectl.ts';

/** One alert of a notification by Alertmanager's webhook. */
export interface Notice {
  /** When the lab's receiver got it; ms since the epoch. */
  readonly at: number;
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Delivery {
  readonly received_at: string;
  readonly body: { readonly alerts: readonly Omit<Notice, 'at'>[] };
}

/** Calls `use` with a function that reads every alert which reached the lab's webhook so far, oldest first. */
export async function withInbox<T>(
  cluster: Cluster,
  use: (read: () => Promise<readonly Notice[]>) => Promise<T>,
): Promise<T> {
  const receiver = { namespace: 'lab-services', resource: 'service/masterml', port: 8000 };
  return withForward(cluster, receiver, (url) =>
    use(async () => {
      const response = await fetch(`${url}/alerts`, { signal: AbortSignal.timeout(10_000) });
      const deliveries = (await response.json()) as readonly Delivery[];
      return deliveries.flatMap(({ received_at, body }) =>
        body.alerts.map((alert) => ({ ...alert, at: Date.parse(received_at) })),
      );
    }),
  );
}
