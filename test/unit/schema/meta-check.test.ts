import { describe, expect, it } from 'vitest';
import { valuesSchemaJson } from '../../../src/generate/schema-json.ts';
import { boolean, integer, map, object, ref, type Schema, string } from '../../../src/schema/kit.ts';
import { inheritances, valuesSchema } from '../../../src/schema/values.ts';
import { metaCheck } from '../../../src/values/meta-check.ts';

describe('the values schema', () => {
  it('keeps every rule', () => {
    const problems = metaCheck(valuesSchema, inheritances);
    expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([]);
  });

  it('is shipped in at most 160 kB', () => {
    expect(Buffer.byteLength(valuesSchemaJson(valuesSchema))).toBeLessThanOrEqual(160_000);
  });
});

/** A schema that keeps every rule, with one section more. */
function withSection(section: Schema, $defs: Readonly<Record<string, Schema>> = {}): Schema {
  return {
    ...object('Values.', {
      global: { type: 'object', description: 'Any `global`.', default: {} },
      enabled: boolean('The `condition`.', true),
      section,
    }),
    $defs,
  };
}

const found = (schema: Schema) => metaCheck(schema, []).map(({ path, code }) => `${path}: ${code}`);

describe('the meta-check', () => {
  it('reports nothing for a valid schema', () => {
    expect(found(withSection(object('Section.', { size: integer('The `size`.', 1) })))).toEqual([]);
  });

  it('wants a closed root with global and enabled', () => {
    const {
      global: _global,
      enabled: _enabled,
      ...properties
    } = withSection(object('Section.', {})).properties ?? {};
    expect(found({ type: 'object', properties })).toEqual([
      ': open-root',
      'global: no-global',
      'enabled: no-enabled',
    ]);
  });

  it.each<[string, Schema, string]>([
    ['an open object', { type: 'object', description: 'Open.', default: {} }, 'section: open-object'],
    [
      'an object with open keys',
      { ...object('Section.', { a: integer('A.', 1) }), additionalProperties: true },
      'section: open-object',
    ],
    ['a leaf without type', { description: 'Anything.', default: 1 }, 'section: no-type'],
    ['a list without items', { type: 'array', description: 'List.', default: [] }, 'section: no-items'],
    [
      'a leaf without description',
      object('Section.', { size: integer('', 1) }),
      'section.size: no-description',
    ],
    [
      'a leaf whose description names no field',
      object('Section.', { size: integer('How large it is.', 1) }),
      'section.size: names-no-field',
    ],
    [
      'a leaf without default',
      object('Section.', { size: { type: 'integer', description: 'Size.' } }),
      'section.size: no-default',
    ],
    [
      'a key that is not camelCase',
      object('Section.', { 'max-size': integer('Size.', 1) }),
      'section.max-size: not-camel-case',
    ],
    [
      'a default below a map',
      map('Map.', object('Entry.', { size: integer('Size.', 1) })),
      'section.<name>.size: default-in-map',
    ],
    [
      'null outside of a map',
      object('Section.', { size: { type: ['integer', 'null'], description: 'Size.', default: 1 } }),
      'section.size: null-type',
    ],
    ['a null default', { ...string('Text.', ''), default: null as never }, 'section: null-value'],
    ['a format', { ...string('Text.', ''), format: 'uri' } as Schema, 'section: keyword'],
    ['anyOf', { ...string('Text.', ''), anyOf: [{ const: 'a' }] } as Schema, 'section: keyword'],
    ['a pattern without anchors', string('Text.', 'a', { pattern: 'a' }), 'section: pattern'],
    ['a pattern with a lookahead', string('Text.', 'a', { pattern: '^(?=a)a$' }), 'section: pattern'],
    ['a default that the schema refuses', integer('Size.', 0, { minimum: 1 }), 'section: default-refused'],
    [
      'an example that the schema refuses',
      string('Text.', 'a', { pattern: '^a$', examples: ['b'] }),
      'section: example-refused',
    ],
  ])('finds %s', (_, section, problem) => {
    expect(found(withSection(section))).toContain(problem);
  });

  it('finds assertions beside a reference and unused definitions', () => {
    const $defs = { size: { type: 'integer' } as const, unused: { type: 'string' } as const };
    const section = object('Section.', {
      good: ref('size', 'The `size`.', 1),
      beside: { ...ref('size', 'The `size`.', 1), enum: [1] },
    });
    expect(found(withSection(section, $defs))).toEqual(
      expect.arrayContaining(['section.beside: beside-reference', '$defs.unused: unused-definition']),
    );
  });

  it('finds what an entry cannot inherit, and what it cannot override', () => {
    const pools = map('Pools.', {
      type: 'object',
      additionalProperties: false,
      properties: { extra: { type: 'integer', description: 'E.' } },
    });
    const schema = withSection(
      object('Section.', { defaults: object('Defaults.', { size: integer('S.', 1) }), pools }),
    );
    const inheritance = { from: ['section', 'defaults'], by: ['section', 'pools'] };
    expect(metaCheck(schema, [inheritance]).filter(({ code }) => code !== 'names-no-field')).toEqual([
      expect.objectContaining({ path: 'section.pools.<name>.extra', code: 'inherits-nothing' }),
      expect.objectContaining({ path: 'section.defaults.size', code: 'not-overridable' }),
    ]);
  });
});
