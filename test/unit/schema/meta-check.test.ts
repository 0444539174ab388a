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

  it('is shipped in at most 250 kB', () => {
    expect(Buffer.byteLength(valuesSchemaJson(valuesSchema))).toBeLessThanOrEqual(250_000);
  });
});

/** A schema that keeps every rule, with one section more. */
function withSection(section: Schema, $defs: Readonly<Record<string, Schema>> = {}): Schema {
  return {
    ...object('Values.', {
      global: { type: 'object', description: 'Anything.', default: {} },
      enabled: boolean('On.', true),
      section,
    }),
    $defs,
  };
}

const messages = (schema: Schema) =>
  metaCheck(schema, []).map(({ path, message }) => `${path}${path === '' ? '' : ' '}${message}`);

describe('the meta-check', () => {
  it('reports nothing for a valid schema', () => {
    expect(messages(withSection(object('Section.', { size: integer('Size.', 1) })))).toEqual([]);
  });

  it('wants a closed root with global and enabled', () => {
    const {
      global: _global,
      enabled: _enabled,
      ...properties
    } = withSection(object('Section.', {})).properties ?? {};
    expect(messages({ type: 'object', properties })).toEqual([
      'the root must be closed',
      expect.stringMatching(/^global the root must declare/),
      expect.stringMatching(/^enabled the root must declare/),
    ]);
  });

  it.each<[string, Schema, string]>([
    [
      'an open object',
      { type: 'object', description: 'Open.', default: {} },
      'section is an object that is neither closed, nor a typed map, nor of a Kubernetes type',
    ],
    [
      'an object with open keys',
      { ...object('Section.', { a: integer('A.', 1) }), additionalProperties: true },
      'section is an object that is neither closed, nor a typed map, nor of a Kubernetes type',
    ],
    ['a leaf without type', { description: 'Anything.', default: 1 }, 'section has no type'],
    [
      'a list without items',
      { type: 'array', description: 'List.', default: [] },
      'section is a list without `items`',
    ],
    [
      'a leaf without description',
      object('Section.', { size: integer('', 1) }),
      'section.size has no description',
    ],
    [
      'a leaf without default',
      object('Section.', { size: { type: 'integer', description: 'Size.' } }),
      'section.size has no default',
    ],
    [
      'a key that is not camelCase',
      object('Section.', { 'max-size': integer('Size.', 1) }),
      'section.max-size is not named in camelCase',
    ],
    [
      'a default below a map',
      map('Map.', object('Entry.', { size: integer('Size.', 1) })),
      'section.<name>.size has a default below a map, where Helm fills nothing in',
    ],
    [
      'null outside of a map',
      object('Section.', { size: { type: ['integer', 'null'], description: 'Size.', default: 1 } }),
      'section.size takes null, which only the entries of a map may',
    ],
    [
      'a null default',
      { ...string('Text.', ''), default: null as never },
      'section holds null in its default, examples or enum',
    ],
    [
      'a format',
      { ...string('Text.', ''), format: 'uri' } as Schema,
      'section uses `format`, which readers of the schema treat differently',
    ],
    [
      'anyOf',
      { ...string('Text.', ''), anyOf: [{ const: 'a' }] } as Schema,
      'section uses `anyOf`, which readers of the schema treat differently',
    ],
    [
      'a pattern without anchors',
      string('Text.', 'a', { pattern: 'a' }),
      'section the pattern a is not anchored at both ends',
    ],
    [
      'a pattern with a lookahead',
      string('Text.', 'a', { pattern: '^(?=a)a$' }),
      'section the pattern ^(?=a)a$ looks around, which Go cannot',
    ],
    [
      'a default that the schema refuses',
      integer('Size.', 0, { minimum: 1 }),
      'section the default is refused: must be >= 1',
    ],
    [
      'an example that the schema refuses',
      string('Text.', 'a', { pattern: '^a$', examples: ['b'] }),
      'section the example "b" is refused: malformed text',
    ],
  ])('finds %s', (_, section, message) => {
    expect(messages(withSection(section))).toContain(message);
  });

  it('finds assertions beside a reference and unused definitions', () => {
    const $defs = { size: { type: 'integer' } as const, unused: { type: 'string' } as const };
    const section = object('Section.', {
      good: ref('size', 'Good.', 1),
      beside: { ...ref('size', 'Narrowed.', 1), enum: [1] },
    });
    expect(messages(withSection(section, $defs))).toEqual(
      expect.arrayContaining([
        'section.beside has `enum` beside `$ref`, where only annotations may stand',
        '$defs.unused is never used',
      ]),
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
    expect(metaCheck(schema, [inheritance])).toEqual([
      { path: 'section.pools.<name>.extra', message: 'inherits nothing: `section.defaults` has no such key' },
      {
        path: 'section.defaults.size',
        message: 'cannot be overridden: an entry of `section.pools` has no such key',
      },
    ]);
  });
});
