import { COMBINED_CASES } from './combinedCases.js';
import { integer, object, type SchemaCase, text } from './schemaBuilders.js';

export const SCHEMA_CASES: readonly SchemaCase[] = [
  ...COMBINED_CASES,
  {
    name: 'an object with all of its properties, also those that aren’t required',
    schema: object({ a: text, b: integer }, ['a']),
    valid: [{ a: 'x', b: 1 }],
    invalid: [{ a: 'x' }, { a: 1, b: 1 }, { b: 1 }, { a: 'x', b: 1, c: 1 }],
  },
  {
    name: 'any value, objects and lists too, where nothing is said',
    schema: object({ a: {}, b: true }),
    valid: [
      { a: [1, { b: null }], b: { c: [] } },
      { a: 'x', b: 1.5 },
    ],
    invalid: [{ a: 1 }],
  },
  { name: 'the empty schema', schema: {}, valid: [{}, [], 'x', 1, null, true, [{ a: [[]] }]], invalid: [] },
  {
    name: 'a map, whose values keep their type',
    schema: { type: 'object', additionalProperties: { type: 'number' } },
    valid: [{}, { a: 1 }, { a: 1, b: -2.5 }],
    invalid: [{ a: 'x' }, { a: 1, b: null }],
  },
  {
    name: 'a map of lists beside a property, whose name no entry has',
    schema: object({ id: text }, ['id'], { additionalProperties: { type: 'array', items: integer } }),
    valid: [{ id: 'x' }, { id: 'x', ids: [1], i: [] }],
    invalid: [{ id: 'x', a: 1 }],
  },
  {
    name: 'an object with a number of entries',
    schema: { type: 'object', additionalProperties: integer, minProperties: 1, maxProperties: 3 },
    valid: [{ a: 1 }, { a: 1, b: 2, c: 3 }],
    invalid: [{}, { a: 1, b: 2, c: 3, d: 4 }],
  },
  {
    name: 'an object that has to be empty',
    schema: { type: 'object', additionalProperties: false },
    valid: [{}],
    invalid: [{ a: 1 }],
  },
  {
    name: 'a tuple',
    schema: { type: 'array', prefixItems: [text, integer], items: false },
    valid: [['a', 1]],
    invalid: [['a'], ['a', 1, 2], [1, 'a'], []],
  },
  {
    name: 'a tuple as older drafts write it, with further items',
    schema: { type: 'array', items: [text], additionalItems: integer, maxItems: 3 },
    valid: [['a'], ['a', 1, 2]],
    invalid: [
      ['a', 'b'],
      ['a', 1, 2, 3],
    ],
  },
  {
    name: 'a list of bounded length',
    schema: { type: 'array', items: integer, minItems: 1, maxItems: 2 },
    valid: [[1], [1, 2]],
    invalid: [[], [1, 2, 3]],
  },
  {
    name: 'constants of any type, with characters that JSON escapes',
    schema: object({
      a: { const: 'a"\\\n\u0001\u007f😀' },
      b: { const: { c: [1, null] } },
      d: { enum: [1, 12, 'x', [2]] },
    }),
    valid: [{ a: 'a"\\\n\u0001\u007f😀', b: { c: [1, null] }, d: 12 }],
    invalid: [{ a: 'a', b: { c: [1, null] }, d: 1 }],
  },
  {
    name: 'values that what stands beside them allows',
    schema: object({ a: { type: 'integer', minimum: 2, enum: ['x', 1, 2, 2.5, 3] } }),
    valid: [{ a: 2 }, { a: 3 }],
    invalid: [{ a: 'x' }, { a: 1 }, { a: 2.5 }],
  },
  {
    name: 'an integer within bounds',
    schema: object({ a: { type: 'integer', minimum: -3, exclusiveMaximum: 12 } }),
    valid: [{ a: -3 }, { a: 0 }, { a: 11 }],
    invalid: [{ a: -4 }, { a: 12 }, { a: 1.5 }],
  },
  {
    name: 'a number within bounds',
    schema: object({ a: { type: 'number', minimum: 0, maximum: 1 } }),
    valid: [{ a: 0 }, { a: 0.25 }, { a: 1 }],
    invalid: [{ a: 1.01 }, { a: -0.5 }, { a: 10 }],
  },
  {
    name: 'a type that may be null',
    schema: object({ a: { anyOf: [text, { type: 'null' }] }, b: { type: ['integer', 'null'] } }),
    valid: [
      { a: null, b: 1 },
      { a: 'x', b: null },
    ],
    invalid: [{ a: 1, b: 1 }],
  },
  {
    name: 'a tree by a reference to the whole schema',
    schema: object({ value: integer, children: { type: 'array', items: { $ref: '#' } } }),
    valid: [{ value: 1, children: [{ value: 2, children: [] }] }],
    invalid: [{ value: 1, children: [{ value: 2 }] }],
  },
  {
    name: 'a linked list, which ends although all other properties are written',
    schema: {
      $defs: { Node: object({ value: integer, next: { $ref: '#/$defs/Node' } }, ['value']) },
      $ref: '#/$defs/Node',
    },
    valid: [{ value: 1 }, { value: 1, next: { value: 2 } }],
    invalid: [{ value: 1, next: 2 }],
  },
  {
    name: 'references through encoded pointers, anchors and schemas in schemas',
    schema: {
      $id: 'https://example.org/root',
      $defs: {
        'a/b ~c': integer,
        named: { $anchor: 'n', ...text },
        other: { $id: 'other', $defs: { x: { const: 5 } }, ...object({ x: { $ref: '#/$defs/x' } }) },
      },
      ...object({
        a: { $ref: '#/$defs/a~1b%20~0c' },
        b: { $ref: '#n' },
        c: { $ref: 'other' },
        d: { $ref: 'https://example.org/root#/$defs/named' },
      }),
    },
    valid: [{ a: 1, b: 'x', c: { x: 5 }, d: 'y' }],
    invalid: [
      { a: 'x', b: 'x', c: { x: 5 }, d: 'y' },
      { a: 1, b: 'x', c: { x: 6 }, d: 'y' },
    ],
  },
  {
    name: 'addresses of mail and machines, beside lengths that all of them have',
    schema: object({
      mail: { type: 'string', format: 'email', minLength: 1, maxLength: 254 },
      host: { type: 'string', format: 'hostname' },
      ip: { type: 'string', format: 'ipv4' },
      id: { type: 'string', format: 'uuid', maxLength: 36 },
    }),
    valid: [
      {
        ...{ mail: 'ann.b@mail.example.org', host: 'a-b.example', ip: '192.168.0.1' },
        id: '123e4567-e89b-12d3-a456-426614174000',
      },
    ],
    invalid: [
      { mail: 'ann', host: 'a', ip: '1.1.1.1', id: '123e4567-e89b-12d3-a456-426614174000' },
      { mail: 'a@b.cc', host: 'a', ip: '1.1.1.256', id: '123e4567-e89b-12d3-a456-426614174000' },
      { mail: 'a@b.cc', host: '-', ip: '1.1.1.1', id: '123e4567-e89b-12d3-a456-426614174000' },
    ],
  },
  {
    name: 'dates and times',
    schema: object({ a: { type: 'string', format: 'date' }, b: { format: 'date-time' } }),
    valid: [{ a: '2024-12-31', b: '2024-02-28T23:59:59Z' }],
    invalid: [
      { a: '2024-02-30', b: '2024-02-28T23:59:59Z' },
      { a: 'today', b: 'now' },
    ],
  },
  {
    name: 'many names that begin alike',
    schema: { enum: ['a', 'ab', 'abc', 'b', '', 'a"', 1, 10, null] },
    valid: ['a', 'ab', 'abc', 'b', '', 'a"', 1, 10, null],
    invalid: ['c', 'abcd', 100],
  },
];
