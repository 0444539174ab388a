import { describe, expect, it } from 'vitest';
import {
  definitionsSchema,
  formatSchema,
  kindSchema,
  type Schema,
  SchemaSourceError,
  strictDefinition,
} from '../../../checks/kubernetes-schemas/convert.ts';

const strict = (source: Schema) => strictDefinition('Thing', source);

describe('a definition becomes strict', () => {
  it('refuses unknown fields wherever fields are declared', () => {
    const source = {
      type: 'object',
      properties: { inner: { type: 'object', properties: { a: { type: 'string' } } } },
    };
    expect(strict(source)).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: {
        inner: { type: 'object', additionalProperties: false, properties: { a: { type: 'string' } } },
      },
    });
  });

  it('leaves maps and objects of unknown shape open', () => {
    expect(strict({ type: 'object', additionalProperties: { type: 'string' } })).toEqual({
      type: 'object',
      additionalProperties: { type: 'string' },
    });
    expect(strict({ type: 'object' })).toEqual({ type: 'object' });
    const open = { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true };
    expect(strict(open)).toEqual({ type: 'object', properties: {} });
  });

  it('refuses null, which a server would take for absent', () => {
    expect(strict({ oneOf: [{ type: ['string', 'null'] }, { type: ['integer', 'null'] }] })).toEqual({
      oneOf: [{ type: 'string' }, { type: 'integer' }],
    });
  });

  it('drops prose, defaults and merge hints, and keeps enumerations and required fields', () => {
    const source = {
      type: 'object',
      description: 'What it is.',
      required: ['protocol'],
      'x-kubernetes-map-type': 'atomic',
      properties: { protocol: { type: 'string', default: 'TCP', enum: ['TCP', 'UDP'] } },
    };
    expect(strict(source)).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['protocol'],
      properties: { protocol: { type: 'string', enum: ['TCP', 'UDP'] } },
    });
  });

  it('keeps a field whose name is a keyword of JSON Schema', () => {
    const source = {
      type: 'object',
      properties: { default: { type: 'boolean' }, description: { type: 'string' } },
    };
    expect(strict(source)).toMatchObject({
      properties: { default: { type: 'boolean' }, description: { type: 'string' } },
    });
  });

  it.each([
    ['an OpenAPI reference', { $ref: '#/components/schemas/io.k8s.A' }],
    ['a reference beside a default', { default: {}, allOf: [{ $ref: '#/components/schemas/io.k8s.A' }] }],
    ["the package's reference", { $ref: '#/$defs/io.k8s.A' }],
  ])('points %s into the file itself', (_, source) => {
    expect(strict(source)).toEqual({ $ref: '#/definitions/io.k8s.A' });
  });

  it('bounds a 32 bit number', () => {
    expect(strict({ type: 'integer', format: 'int32' })).toEqual({
      type: 'integer',
      minimum: -(2 ** 31),
      maximum: 2 ** 31 - 1,
    });
  });

  it.each([
    ['keyword', { not: {} }, /keyword not/],
    ['format', { type: 'string', format: 'ipv7' }, /format ipv7/],
    ['union', { type: ['string', 'integer'] }, /type string or integer/],
    ['allOf', { allOf: [{}, {}] }, /allOf of other than one/],
  ])('refuses a %s that it does not know rather than accept too much', (_, source, message) => {
    expect(() => strict({ type: 'object', properties: { field: source } })).toThrow(SchemaSourceError);
    expect(() => strict({ type: 'object', properties: { field: source } })).toThrow(message);
  });
});

describe('the schema of a kind', () => {
  const widget = { group: 'example.com', version: 'v1', kind: 'Widget' };
  const sources = new Map<string, Schema>([
    [
      'com.example.Widget',
      {
        type: 'object',
        required: ['spec'],
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: { $ref: '#/components/schemas/Meta' },
          spec: { $ref: '#/components/schemas/Spec' },
        },
        'x-kubernetes-group-version-kind': [widget],
      },
    ],
    ['Meta', { type: 'object', properties: { name: { type: 'string' } } }],
    ['Spec', { type: 'object', properties: { next: { $ref: '#/components/schemas/Spec' } } }],
    ['Unused', { type: 'string' }],
  ]);

  it('is complete: it contains what it refers to, and nothing else', () => {
    expect(Object.keys(kindSchema(widget, sources).definitions as Schema)).toEqual(['Meta', 'Spec']);
  });

  it('pins apiVersion and kind, and requires them beside metadata', () => {
    expect(kindSchema(widget, sources)).toMatchObject({
      properties: { apiVersion: { enum: ['example.com/v1'] }, kind: { enum: ['Widget'] } },
      required: ['apiVersion', 'kind', 'metadata', 'spec'],
    });
  });

  it('is refused when the source lacks the kind, or something the kind refers to', () => {
    expect(() => kindSchema({ ...widget, version: 'v2' }, sources)).toThrow(
      'example.com/v2 Widget: the source has no such',
    );
    const broken = new Map(sources);
    broken.delete('Spec');
    expect(() => kindSchema(widget, broken)).toThrow('Spec: is referred to, but not defined');
  });

  it('is written with one definition a line', () => {
    const text = formatSchema(definitionsSchema([widget], sources));
    expect(text.split('\n').filter((line) => line.startsWith('"Meta":'))).toHaveLength(1);
    expect(JSON.parse(text)).toEqual(definitionsSchema([widget], sources));
    expect(text.endsWith('}\n')).toBe(true);
  });
});
