import { integer, object, type SchemaCase, text } from './schemaBuilders.js';

/** Schemas that combine others: `allOf`, `oneOf`, `$ref` with what stands beside it. */
export const COMBINED_CASES: readonly SchemaCase[] = [
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
    invalid: [
      { size: 3, rate: 9, shape: { r: 1 } },
      { size: 1, rate: 9, shape: { r: 1, w: 1 } },
    ],
  },
  {
    name: 'what stands beside a reference',
    schema: { $defs: { a: text }, ...object({ a: { $ref: '#/$defs/a', minLength: 2, maxLength: 3 } }) },
    valid: [{ a: 'xyz' }],
    invalid: [{ a: 'x' }, { a: 'wxyz' }],
  },
];
