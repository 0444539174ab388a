import { parser } from '@prometheus-io/lezer-promql';

/** A selector of an expression: `redis_key_size{key="audio_queue"}`. */
export interface Selector {
  readonly metric: string;
  /** Label, operator and value of each matcher, as written. */
  readonly matchers: readonly { readonly label: string; readonly operator: string; readonly value: string }[];
}

/** What an expression is made of. */
export interface Parsed {
  /** Where Prometheus' grammar does not fit: the text from there on. Empty for an expression that it takes. */
  readonly errors: readonly string[];
  readonly selectors: readonly Selector[];
  /** Labels of `by`, `without`, `on`, `ignoring`, `group_left` and `group_right`. */
  readonly groupings: readonly string[];
}

/**
 * Values of the variables when an expression is evaluated outside of Grafana: windows that are long enough for a slow scrape, the plain
 * release, and the pattern of all where a variable takes several values.
 */
const sample: Readonly<Record<string, string>> = {
  __rate_interval: '5m',
  __interval: '1m',
  __range: '1h',
  namespace: 'ml-service',
  release: 'audio-processor',
  pool: '.+',
  objective: '0.99',
};

/**
 * The expression that Prometheus gets: every `$variable` replaced by a given value, or by one that fits most releases.
 * @throws {Error} for a variable without a value
 */
export function withVariables(expr: string, values: Readonly<Record<string, string>> = {}): string {
  return expr.replaceAll(/\$([A-Za-z_]\w*)/g, (variable, name: string) => {
    const value = values[name] ?? sample[name];
    if (value === undefined) throw new Error(`no value for ${variable} in ${expr}`);
    return value;
  });
}

/** Parses by Prometheus' own grammar; variables must be replaced before. */
export function parsePromql(expr: string): Parsed {
  const errors: string[] = [];
  const selectors: Selector[] = [];
  const groupings: string[] = [];
  const text = (node: { readonly from: number; readonly to: number } | null | undefined) =>
    node ? expr.slice(node.from, node.to) : '';
  parser.parse(expr).iterate({
    enter: (reference) => {
      const { node, type, from } = reference;
      if (type.isError) errors.push(expr.slice(from) || '(end of the expression)');
      if (type.name === 'VectorSelector') {
        const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
        selectors.push({
          metric: text(node.getChild('Identifier')),
          matchers: matchers.map((matcher) => ({
            label: text(matcher.getChild('LabelName')),
            operator: text(matcher.getChild('MatchOp')),
            value: text(matcher.getChild('StringLiteral')).slice(1, -1),
          })),
        });
      }
      if (type.name === 'GroupingLabels') {
        groupings.push(...node.getChildren('LabelName').map((label) => text(label)));
      }
    },
  });
  return { errors, selectors, groupings };
}
