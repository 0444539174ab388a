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
 * Series of DCGM: its exporter belongs to the cluster, so they carry the namespace of the pod that holds the card,
 * and no release.
 */
export function cards(metric: string): string {
  return `${metric}{namespace="$namespace"}`;
}

/** The window of a rate: at least four scrapes, and no less than what one point of the panel covers. */
export const window = '$__rate_interval';

/**
 * What the API answers for itself. `/task/<id>` is left out: a failed task makes each look at it a 500, which says nothing
 * of the API.
 */
export const answers = 'endpoint!~"/task/.*"';

/** Matcher of answers by which the API failed. */
export const failed = 'status=~"5.."';

/** Quantile of a histogram by the given labels. */
export function quantile(
  q: number,
  histogram: string,
  by: readonly string[],
  ...matchers: readonly string[]
) {
  const buckets = own(`${histogram}_bucket`, ...matchers);
  return `histogram_quantile(${q}, sum by (${[...by, 'le'].join(', ')}) (rate(${buckets}[${window}])))`;
}
