/**
 * How panels select series. Every series of this chart carries `namespace` and `release` (docs/adr/0008-monitoring.md),
 * and each dashboard has a variable for either.
 */
const release = 'namespace="$namespace",release="$release"';

/** Series of the release on view, with further matchers: `own('up', 'job="audio-api"')`. */
export function own(metric: string, ...matchers: readonly string[]): string {
  return `${metric}{${[release, ...matchers].join(',')}}`;
}

/**
 * Series of DCGM by pod and GPU. Another job of the cluster may scrape its exporter, so that they are not selected by release,
 * but by the namespace of the pod that uses the GPU: as `exported_…` where the labels of the scrape have precedence.
 * @param of where one GPU has several series, as the instances of a partitioned one (MIG)
 */
export function gpuSeries(metric: string, of: 'max' | 'min' = 'max'): string {
  const exported = `label_replace(${metric}{exported_namespace="$namespace"}, "pod", "$1", "exported_pod", "(.+)")`;
  return `${of} by (pod, gpu) (${metric}{namespace="$namespace",exported_namespace=""} or ${exported})`;
}

/** The window of a rate: at least four scrapes, and no less than what one point of the panel covers. */
export const window = '$__rate_interval';

/**
 * Matcher of the requests that count: no scrapes, no probes, and not `/task/<id>`, because each request for a failed task
 * ends with 500 while the API works. The rule of `ApiErrorRateHigh` counts the same.
 */
export const answers = 'endpoint!~"(/.+)?/(task/.+|metrics|health)|/"';

/** Matcher of the responses that are failures of the API. */
export const failed = 'status=~"5..|5xx"';

/** Quantile of a histogram by the given labels. */
export function quantile(
  q: number,
  histogram: string,
  by: readonly string[],
  ...matchers: readonly string[]
): string {
  const buckets = own(`${histogram}_bucket`, ...matchers);
  return `histogram_quantile(${q}, sum by (${[...by, 'le'].join(', ')}) (rate(${buckets}[${window}])))`;
}
