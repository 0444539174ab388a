/** What a case is an example of; every alert has one of each. */
export const sorts = ['fires', 'threshold', 'no data', 'reset or vanished'] as const;

/** Where the rules are evaluated: bundled with cAdvisor, or by an operator with kube-state-metrics. */
export type Kind = 'bundled' | 'operator';

/** One alert that fires. Namespace, release, severity and name are added to its labels. */
export interface Fired {
  readonly labels: Readonly<Record<string, string>>;
  /** Its texts, in one case of each alert at least. */
  readonly summary?: string;
  readonly description?: string;
  /** Only there. */
  readonly only?: Kind;
}

/** A rule test: series that Prometheus has scraped, and the alerts that fire at a time. */
export interface Case {
  readonly sort: (typeof sorts)[number];
  /** Continues the sentence "fires" or "is silent". */
  readonly title: string;
  /** Series in promtool's notation, one value a minute. */
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  readonly fires: readonly Fired[];
}

/** A series of ours. */
export function own(metric: string, labels: Readonly<Record<string, string>> = {}): string {
  return series(metric, { namespace: 'ml-service', release: 'audio-processor', ...labels });
}

/** A series of the cluster's, with no label of ours. */
export function series(metric: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `${metric}{${pairs.join(',')}}`;
}

/** A target of a job. */
export function target(job: string, labels: Readonly<Record<string, string>> = {}): string {
  return own('up', { job, instance: `${job}-${labels.pod ?? 0}`, ...labels });
}

/** Length of a list or hash of the broker. */
export function key(name: string, labels: Readonly<Record<string, string>> = {}): string {
  return own('redis_key_size', { db: 'db0', key: name, job: 'audio-broker', ...labels });
}

/** A case in which the alert fires. */
export function fires(
  sort: Case['sort'],
  title: string,
  at: string,
  what: Case['series'],
  ...alerts: readonly Fired[]
): Case {
  return { sort, title: `fires when ${title}`, at, series: what, fires: alerts };
}

/** A case in which it does not. */
export function silent(sort: Case['sort'], title: string, at: string, what: Case['series']): Case {
  return { sort, title: `does not fire when ${title}`, at, series: what, fires: [] };
}
