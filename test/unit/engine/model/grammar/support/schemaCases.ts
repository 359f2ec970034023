export type Schema = Readonly<Record<string, unknown>>;

export const text = { type: 'string' };
export const integer = { type: 'integer' };
export const object = (
  properties: Schema,
  required = Object.keys(properties),
  more: Schema = {},
): Schema => ({
  type: 'object',
  properties,
  required,
  ...more,
});

/** Schemas, with values that are valid against them or not; all properties are there that the schema names. */
export const SCHEMA_CASES: readonly {
  readonly name: string;
  readonly schema: Schema;
  readonly valid: readonly unknown[];
  readonly invalid: readonly unknown[];
}[] = [
  {
    name: 'an object with all of its properties, also those that aren’t required',
    schema: object({ a: text, b: integer }, ['a']),
    valid: [{ a: 'x', b: 1 }],
    invalid: [{ a: 'x' }, { a: 1, b: 1 }, { b: 1 }, { a: 'x', b: 1, c: 1 }],
  },
  {
    name: 'allOf: the properties and required names of all branches',
    schema: { allOf: [object({ name: text, kind: { enum: ['dog', 'cat'] } }), object({ legs: integer })] },
    valid: [{ name: 'Rex', kind: 'dog', legs: 4 }],
    invalid: [{ legs: 4 }, { name: 'Rex', kind: 'cow', legs: 4 }],
  },
  {
    name: 'allOf with a reference and an object, as a class with a base class has it',
    schema: {
      $defs: { Animal: object({ name: text, legs: integer }) },
      allOf: [{ $ref: '#/$defs/Animal' }, object({ barks: { type: 'boolean' } })],
    },
    valid: [{ name: 'Rex', legs: 4, barks: true }],
    invalid: [{ barks: true }, { name: 'Rex', legs: 4 }],
  },
  {
    name: 'a property that several branches restrict',
    schema: {
      allOf: [
        object({ a: { type: ['string', 'integer'] } }),
        { properties: { a: { type: ['integer', 'null'] } } },
      ],
    },
    valid: [{ a: 1 }],
    invalid: [{ a: 'x' }, { a: null }],
  },
  {
    name: 'properties beside oneOf',
    schema: object({ id: integer }, ['id'], {
      oneOf: [
        object({ action: { const: 'go' }, place: text }),
        object({ action: { const: 'wait' }, seconds: integer }),
      ],
    }),
    valid: [
      { id: 7, action: 'go', place: 'kitchen' },
      { id: 7, action: 'wait', seconds: 1 },
    ],
    invalid: [{ action: 'go', place: 'x' }, { id: 7 }, { id: 7, action: 'go', seconds: 1 }],
  },
  {
    name: 'one of two properties that oneOf requires',
    schema: object({ id: integer, place: text, seconds: integer }, ['id'], {
      oneOf: [{ required: ['place'] }, { required: ['seconds'] }],
    }),
    valid: [
      { id: 7, place: 'kitchen' },
      { id: 7, seconds: 1 },
    ],
    invalid: [{ id: 7, place: 'kitchen', seconds: 1 }, { id: 7 }],
  },
  {
    name: 'oneOf with tags that aren’t required, behind references',
    schema: {
      oneOf: [{ $ref: '#/$defs/go' }, { $ref: '#/$defs/wait' }, { type: 'null' }],
      $defs: {
        go: object({ kind: { $ref: '#/$defs/goKind' }, to: text }, ['to']),
        wait: object({ kind: { enum: ['wait', 'sleep'] }, to: text }, []),
        goKind: { const: 'go' },
      },
    },
    valid: [{ kind: 'go', to: 'x' }, { kind: 'sleep', to: 'x' }, null],
    invalid: [{ to: 'x' }, { kind: 'go' }],
  },
  {
    name: 'oneOf of values, ranges and closed objects',
    schema: object({
      size: { oneOf: [{ const: 1, title: 'small' }, { const: 2, title: 'large' }, { enum: ['auto', null] }] },
      rate: {
        oneOf: [
          { type: 'integer', maximum: 9 },
          { type: 'integer', exclusiveMinimum: 9, maximum: 20 },
        ],
      },
      shape: {
        oneOf: [
          object({ r: integer }, ['r'], { additionalProperties: false }),
          object({ w: integer }, ['w'], { additionalProperties: false }),
        ],
      },
    }),
    valid: [
      { size: 2, rate: 9, shape: { r: 1 } },
      { size: null, rate: 10, shape: { w: 1 } },
    ],
    invalid: [{ size: 3, rate: 9, shape: { r: 1 } }, { size: 1, rate: 9, shape: { r: 1, w: 1 } }],
  },
  {
    name: 'what stands beside a reference',
    schema: { $defs: { a: text }, ...object({ a: { $ref: '#/$defs/a', minLength: 2, maxLength: 3 } }) },
    valid: [{ a: 'xyz' }],
    invalid: [{ a: 'x' }, { a: 'wxyz' }],
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
