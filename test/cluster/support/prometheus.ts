import { withForward } from '../../../src/deploy/forward.ts';
import type { Cluster } from '../../../src/kubernetes/kubectl.ts';

/** One series of an instant query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One target that Prometheus scrapes. */
export interface Target {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: 'up' | 'down' | 'unknown';
  readonly lastError: string;
}

/** One rule, as Prometheus has loaded it. */
export interface Rule {
  readonly name: string;
  readonly query: string;
  readonly health: string;
}

/** The running Prometheus. */
export interface Prometheus {
  /** Without path: `http://127.0.0.1:PORT`. */
  readonly url: string;
  query(expr: string): Promise<readonly Sample[]>;
  targets(): Promise<readonly Target[]>;
  /** Every rule that it evaluates: alerts and records. */
  rules(): Promise<readonly Rule[]>;
}

/** Opens the bundled Prometheus on loopback for the time of `use`. */
export async function withPrometheus<T>(
  cluster: Cluster,
  namespace: string,
  use: (prometheus: Prometheus) => Promise<T>,
): Promise<T> {
  const service = { namespace, resource: 'service/prometheus-service', port: 9090 };
  return withForward(cluster, service, async (url) => {
    const get = async <R>(path: string): Promise<R> => {
      const response = await fetch(`${url}/prometheus/api/v1/${path}`, {
        signal: AbortSignal.timeout(20_000),
      });
      const answer = (await response.json()) as {
        readonly status: string;
        readonly data: R;
        readonly error?: string;
      };
      if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
      return answer.data;
    };
    return use({
      url,
      query: async (expr) => {
        const { result } = await get<{
          readonly result: readonly { metric: Sample['metric']; value: [number, string] }[];
        }>(`query?query=${encodeURIComponent(expr)}`);
        return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
      },
      targets: async () =>
        (await get<{ readonly activeTargets: readonly Target[] }>('targets?state=active')).activeTargets,
      rules: async () => {
        const { groups } = await get<{ readonly groups: readonly { readonly rules: readonly Rule[] }[] }>(
          'rules',
        );
        return groups.flatMap(({ rules }) => rules);
      },
    });
  });
}
