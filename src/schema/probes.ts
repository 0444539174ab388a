import { duration } from './fragments.ts';
import { integer, object, type Schema } from './kit.ts';

/** Timings of one probe. */
export interface ProbeTimings {
  readonly period: string;
  readonly timeout: string;
  readonly failures: number;
}

/** Fields of a Kubernetes probe, by the keys that set them. */
const probeFields: Readonly<Record<string, string>> = {
  path: 'httpGet.path',
  period: 'periodSeconds',
  timeout: 'timeoutSeconds',
  failures: 'failureThreshold',
};

/**
 * Description of a probe. Where it has no other keys than those of `probeFields` it names them all, so that values.yaml
 * needs no comment at each.
 */
export function describeProbe(
  kind: 'startup' | 'readiness' | 'liveness',
  purpose: string,
  keys: readonly string[],
): string {
  const head = `${kind.charAt(0).toUpperCase()}${kind.slice(1)} probe (\`${kind}Probe\`): ${purpose}`;
  if (!keys.every((key) => key in probeFields)) return `${head}.`;
  return `${head}. ${keys.map((key) => `\`${key}\` is \`${probeFields[key]}\``).join(', ')}.`;
}

/** A probe with its timings, and what else this probe has. */
export function probe(
  kind: 'startup' | 'readiness' | 'liveness',
  purpose: string,
  value: ProbeTimings,
  more: Readonly<Record<string, Schema>> = {},
): Schema {
  const properties = { ...more, ...timings(value) };
  return object(describeProbe(kind, purpose, Object.keys(properties)), properties);
}

/** What every probe has. */
export function timings(value: ProbeTimings): Readonly<Record<keyof ProbeTimings, Schema>> {
  return {
    period: duration('Probe interval (`periodSeconds`).', value.period),
    timeout: duration('Probe timeout (`timeoutSeconds`).', value.timeout),
    failures: integer('Consecutive failures before the probe fails (`failureThreshold`).', value.failures, {
      minimum: 1,
    }),
  };
}
