import { expect, test } from 'vitest';
import { withReferences } from '../../../src/generate/references.ts';
import { object, override, type Schema, string } from '../../../src/schema/kit.ts';

const pace = object('Pace of the autoscaler.', {
  up: object('Up.', { period: string('Length of a period.', '1m') }),
  engine: string('Engine.', 'hpa'),
});
const root = ($defs: Readonly<Record<string, Schema>>): Schema => ({
  ...object('All values.', { pace }),
  $defs,
});

test('a schema that repeats a definition refers to it, and keeps its description and what is required there', () => {
  expect(withReferences(root({ pace: override(pace) })).properties?.pace).toEqual({
    $ref: '#/$defs/pace',
    description: 'Pace of the autoscaler.',
    required: ['up', 'engine'],
    properties: { up: { required: ['period'] } },
  });
});

test('a schema that repeats an object within a definition refers to that', () => {
  const { up } = pace.properties ?? {};
  const schema = { ...object('All values.', { up: up as Schema }), $defs: { pace: override(pace) } };
  expect(withReferences(schema).properties?.up).toEqual({
    $ref: '#/$defs/pace/properties/up',
    description: 'Up.',
    required: ['period'],
  });
});

test('a definition that requires a key is referred to by no other schema', () => {
  const schema = root({ pace });
  expect(withReferences(schema)).toEqual(schema);
});

test('a schema with other keys, or with other rules of a key, is written out', () => {
  const other = object('Pace.', { up: string('Up.', ''), engine: string('Engine.', 'hpa') });
  const schema = root({ pace: override(other) });
  expect(withReferences(schema)).toEqual(schema);
});
