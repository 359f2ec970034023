import assert from 'node:assert/strict';
import { plainSchema } from '../../../../src/engine/model/outputGrammar.js';

const text = { type: 'string' };

describe('a JSON schema for the library', () => {
  for (const { name, schema, plain } of [
    { name: 'keeps types', schema: { type: 'integer', minimum: 3, title: 'x' }, plain: { type: 'integer' } },
    {
      name: 'keeps an object’s properties',
      schema: { type: 'object', properties: { a: text }, required: ['a'], additionalProperties: false },
      plain: { type: 'object', properties: { a: text } },
    },
    {
      name: 'accepts any object where no properties are given',
      schema: { type: 'object' },
      plain: { type: 'object', additionalProperties: true },
    },
    {
      name: 'converts anyOf to oneOf',
      schema: { anyOf: [text, { type: 'null' }] },
      plain: { oneOf: [text, { type: 'null' }] },
    },
    {
      name: 'converts several types to oneOf',
      schema: { type: ['string', 'null'] },
      plain: { oneOf: [text, { type: 'null' }] },
    },
    {
      name: 'expands allOf',
      schema: { allOf: [text, { minLength: 2 }] },
      plain: { type: 'string', minLength: 2 },
    },
    {
      name: 'keeps references',
      schema: { $ref: '#/definitions/a', definitions: { a: text } },
      plain: { $ref: '#/$defs/a', $defs: { a: text } },
    },
    { name: 'keeps enums', schema: { enum: ['a', 1] }, plain: { enum: ['a', 1] } },
    {
      name: 'keeps the length of a list',
      schema: { type: 'array', items: text, maxItems: 2 },
      plain: { type: 'array', items: text, maxItems: 2 },
    },
    {
      name: 'allows any simple value without a type',
      schema: {},
      plain: { type: ['string', 'number', 'boolean', 'null'] },
    },
  ])
    it(name, () => assert.deepEqual(plainSchema(schema), plain));

  it('rejects an invalid schema, and one that is nested too deeply', () => {
    assert.throws(() => plainSchema({ type: 'array', items: 5 }), /object/);
    let deep: Record<string, unknown> = text;
    for (let i = 0; i < 40; i++) deep = { type: 'array', items: deep };
    assert.throws(() => plainSchema(deep), /deep/);
  });
});
