import { describe, expect, it } from 'vitest';
import { parsePromql, withVariables } from '../../../src/dashboards/promql.ts';

describe('parsePromql', () => {
  it('finds every selector with its matchers', () => {
    const { errors, selectors, groupings } = parsePromql(
      'sum by (job, pool) (rate(a_total{job="x",status=~"5.."}[5m])) / on (pool) group_left () b:c:d',
    );
    expect(errors).toEqual([]);
    expect(selectors).toEqual([
      {
        metric: 'a_total',
        matchers: [
          { label: 'job', operator: '=', value: 'x' },
          { label: 'status', operator: '=~', value: '5..' },
        ],
      },
      { metric: 'b:c:d', matchers: [] },
    ]);
    expect(groupings).toEqual(['job', 'pool', 'pool']);
  });

  it.each(['sum(rate(a[5m])', 'sum by job (a)', 'rate(a[$__rate_interval])', 'a{b=c}', 'a +'])(
    'reports the position of the error in %s',
    (expr) => {
      expect(parsePromql(expr).errors).not.toEqual([]);
    },
  );
});

describe('withVariables', () => {
  it('replaces those of Grafana and of the dashboards', () => {
    expect(withVariables('rate(a{namespace="$namespace",pool=~"$pool"}[$__rate_interval])')).toBe(
      'rate(a{namespace="ml-service",pool=~".+"}[5m])',
    );
  });

  it('takes the given value first', () => {
    expect(withVariables('a{release="$release"}', { release: 'second' })).toBe('a{release="second"}');
  });

  it('leaves groups of a pattern alone, and refuses a variable without a value', () => {
    expect(withVariables('label_replace(a, "b", "$1", "c", "(.+)")')).toContain('"$1"');
    expect(() => withVariables('a{b="$unknown"}')).toThrow('no value for $unknown');
  });
});
