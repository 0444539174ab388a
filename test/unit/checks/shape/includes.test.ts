import { describe, expect, it } from 'vitest';
import { includesOf, longestChain, reachedDirectly, reachedFrom } from '../../../../checks/shape/includes.ts';
import { bodiesOf, callsOf, isNamed } from '../../../../checks/shape/templates.ts';

const page = 'templates/workers/deployment.yaml';

/** Includes of a page beside helpers, each given by its name and body. */
function includesWith(text: string, helpers: Readonly<Record<string, string>>) {
  const defined = Object.entries(helpers).map(([name, body]) => `{{- define "${name}" -}}${body}{{- end }}`);
  return includesOf(
    bodiesOf([
      { path: page, text },
      { path: 'templates/_helpers.tpl', text: defined.join('\n') },
    ]),
  );
}

describe('bodies of templates', () => {
  it('a define ends with its own end, whatever blocks are inside', () => {
    const text =
      '{{ define "a" }}{{ if .x }}{{ with .y }}{{ toJson . }}{{ end }}{{ end }}{{ end }}{{ toJson . }}';
    const bodies = bodiesOf([{ path: 'p.tpl', text }]);
    expect(callsOf(bodies.filter(isNamed), ['toJson'])).toBe(1);
    expect(callsOf(bodies, ['toJson'])).toBe(2);
  });

  it('calls count in actions over many lines, and neither in comments nor in strings', () => {
    const text =
      '{{- /* fromJson {{ }} */ -}}{{ dict\n  "fromJson" (fromJson\n .x) }} fromJson {{ `}} fromJson` }}';
    expect(callsOf(bodiesOf([{ path: 'p.tpl', text }]), ['fromJson'])).toBe(1);
  });
});

describe('the longest include chain', () => {
  it('counts names that are passed on, and names made by printf', () => {
    const passed = includesWith('{{ include "a.once" (dict "name" "a.one") }}', {
      'a.once': '{{ include .name $ }}',
      'a.one': '{{ include "a.two" . }}',
      'a.two': '',
    });
    expect(longestChain(page, passed)).toEqual([page, 'a.one', 'a.two']);
    const printed = includesWith('{{ include (printf "a.rules.%s" .) $ }}', {
      'a.rules.routing.tls': '{{ include "a.deep" . }}',
      'a.deep': '',
    });
    expect(longestChain(page, printed)).toEqual([page, 'a.rules.routing.tls', 'a.deep']);
  });

  it('is no deeper for a template that includes itself', () => {
    const includes = includesWith('{{ include "a" . }}', {
      a: '{{ include "a" . }}{{ include "b" . }}',
      b: '',
    });
    expect(longestChain(page, includes)).toEqual([page, 'a', 'b']);
  });

  it('continues through the context into each of its definitions', () => {
    const includes = includesWith('{{ include "audio-processor.context" . }}', {
      'audio-processor.context':
        '{{ range list "pools" }}{{ include (printf "audio-processor.context.%s" .) $ }}{{ end }}',
      'audio-processor.context.pools': '{{ include "audio-processor.pool" . }}',
      'audio-processor.pool': '',
    });
    expect(longestChain(page, includes)).toHaveLength(4);
  });
});

describe('what a reader of a page comes to', () => {
  const helpers = {
    'audio-processor.context': '{{ include (printf "audio-processor.context.%s" .key) $ }}',
    'audio-processor.context.pools':
      '{{ include "pool" . }}{{ $x := .ctx.names.full }}{{ $_ := set $.ctx "pools" $x }}',
    'audio-processor.context.names': '',
    'audio-processor.context.routes': '{{ include "route" . }}',
    pool: '',
    route: '',
  };
  const shared = [
    'audio-processor.context',
    'audio-processor.context.pools',
    'audio-processor.context.names',
    'pool',
  ];

  it.each([
    '{{ $.ctx.pools }}',
    '{{ $c := (first .).ctx }}{{ $c.pools }}',
    '{{ .root.ctx.pools.cpu }}',
    '{{ get $.ctx "pools" }}',
  ])('a key of the context leads to its definition and to what that one reads: %s', (read) => {
    const includes = includesWith(`{{ include "audio-processor.context" . }}${read}`, helpers);
    expect([...reachedFrom(page, includes)].sort()).toEqual([page, ...shared].sort());
  });

  it('keys that other templates read lead nowhere where only those of the page count', () => {
    const includes = includesWith('{{ include "audio-processor.context" . }}{{ $.ctx.pools }}', helpers);
    expect([...reachedDirectly(page, includes)].sort()).toEqual(
      [page, 'audio-processor.context', 'audio-processor.context.pools', 'pool'].sort(),
    );
  });

  it('the whole context leads to every definition', () => {
    const includes = includesWith('{{ include "x" (dict "context" $.ctx) }}', helpers);
    expect(reachedFrom(page, includes)).toEqual(expect.arrayContaining(['route', 'pool']));
  });
});
