import { describe, expect, it } from 'vitest';
import { inlined } from '../../../src/generate/messages.ts';

const define = (name: string, body: string) => `{{ define "${name}" -}}\n${body}\n{{- end }}\n\n`;

describe('a definition with what it calls in place', () => {
  const inner = define('inner', '{{ with .A }}{{ . }}{{ end }}\n{{- with .B }}\n{{ . }}{{ end }}');

  it('has no call left, whatever the order of the two', () => {
    const outer = define('outer', '{{ range . }}<{{ template "inner" . }}>{{ end }}');
    const expected =
      '{{ range . }}<{{ with .A }}{{ . }}{{ end }}\n{{- with .B }}\n{{ . }}{{ end }}>{{ end }}';
    expect(inlined(outer + inner, 'outer')).toBe(expected);
    expect(inlined(`{{- /* what */ -}}\n\n${inner}${outer}`, 'outer')).toBe(expected);
  });

  it.each([
    ['is missing', inner],
    ['does not end as all do', '{{ define "outer" -}}\na\n{{ end }}\n'],
    ['calls with something else than the dot', inner + define('outer', '{{ template "inner" .A }}')],
    ['calls what is missing', define('outer', '{{ template "inner" . }}')],
  ])('is refused when it %s', (_what, definitions) => {
    expect(() => inlined(definitions, 'outer')).toThrow(/(inner|outer) /);
  });
});
