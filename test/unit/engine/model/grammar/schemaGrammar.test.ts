import assert from 'node:assert/strict';
import { z } from 'zod';
import { schemaGrammar } from '../../../../../src/engine/model/grammar/schemaGrammar.js';
import { GbnfTexts } from './support/gbnfTexts.js';
import { integer, object, text, type Schema } from './support/schemaBuilders.js';
import { SCHEMA_CASES } from './support/schemaCases.js';

/** The same numbers each time. */
function randomNumbers(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function texts(schema: Schema, isLenient = false): GbnfTexts {
  return new GbnfTexts(schemaGrammar(schema, isLenient), randomNumbers());
}

describe('a grammar of a JSON schema', () => {
  for (const { name, schema, valid, invalid } of SCHEMA_CASES)
    it(`allows what is valid against the schema: ${name}`, () => {
      const grammar = texts(schema);
      for (const value of valid) assert.ok(grammar.has(JSON.stringify(value)), JSON.stringify(value));
      for (const value of invalid) assert.ok(!grammar.has(JSON.stringify(value)), JSON.stringify(value));
      // What the validator doesn't know.
      if (/"\$id"|"const":\{|\[\{"required"/.test(JSON.stringify(schema))) return;
      const validator = z.fromJSONSchema(schema);
      for (let i = 0; i < 100; i++) {
        const written = grammar.next();
        const { success } = validator.safeParse(JSON.parse(written));
        assert.ok(success, written);
      }
    });

  it('has room for indented JSON', () => {
    const value = { a: 'x', b: { c: [1, 2] } };
    const grammar = texts(object({ a: text, b: object({ c: { type: 'array', items: integer } }) }));
    for (const indent of [0, 2, 4, '\t']) assert.ok(grammar.has(JSON.stringify(value, null, indent)));
  });

  for (const { keyword, schema } of [
    { keyword: 'pattern', schema: object({ a: { type: 'string', pattern: '^(?=a)' } }) },
    { keyword: 'pattern', schema: { type: 'string', pattern: '^a+$', maxLength: 3 } },
    { keyword: 'pattern', schema: { allOf: [{ pattern: '^a' }, { pattern: 'b$' }] } },
    { keyword: 'format', schema: { type: 'string', format: 'date', minLength: 11 } },
    { keyword: 'format', schema: { type: 'string', format: 'email', maxLength: 20 } },
    { keyword: 'multipleOf', schema: { type: 'integer', multipleOf: 5 } },
    { keyword: 'uniqueItems', schema: { type: 'array', uniqueItems: true } },
    { keyword: 'contains', schema: { type: 'array', contains: text } },
    { keyword: 'patternProperties', schema: { type: 'object', patternProperties: { '^x': text } } },
    { keyword: 'propertyNames', schema: { type: 'object', propertyNames: { maxLength: 3 } } },
    { keyword: 'dependentRequired', schema: object({ a: text }, [], { dependentRequired: { a: ['b'] } }) },
    { keyword: 'not', schema: { not: text } },
    { keyword: 'oneOf', schema: { oneOf: [{ type: 'number' }, integer] } },
    { keyword: 'oneOf', schema: { oneOf: [text, { const: 'auto' }] } },
    { keyword: 'oneOf', schema: { oneOf: [{ minLength: 2 }, { minimum: 3 }] } },
    { keyword: 'oneOf', schema: { oneOf: [object({ a: text }, []), object({ b: text }, [])] } },
    { keyword: 'oneOf', schema: { oneOf: [{ $ref: '#/$defs/x' }, text], $defs: { x: text } } },
    { keyword: 'then', schema: { if: { type: 'string' }, then: { minLength: 2 } } },
    { keyword: 'unevaluatedProperties', schema: { type: 'object', unevaluatedProperties: text } },
    { keyword: '\\$dynamicRef', schema: { $dynamicRef: '#node' } },
    { keyword: '\\$ref', schema: { $ref: 'https://example.org/other.json' } },
    { keyword: '\\$ref', schema: { $ref: '#/$defs/none' } },
    { keyword: '\\$ref', schema: { $ref: '#' } },
    { keyword: 'minProperties', schema: { type: 'object', minProperties: 2 } },
    { keyword: 'minLength', schema: { type: 'string', minLength: 5000 } },
    { keyword: 'type', schema: { type: 'date' } },
  ])
    it(`refuses ${JSON.stringify(schema)} with the keyword’s name`, () =>
      assert.throws(() => schemaGrammar(schema, false), new RegExp(`"${keyword}"`)));

  it('leaves out what can’t be enforced where that is asked for', () => {
    const grammar = texts(
      object({ a: { type: 'string', pattern: '^(?!a)' }, b: { $ref: 'elsewhere' } }),
      true,
    );
    assert.ok(grammar.has('{"a":"b","b":[1]}'));
    assert.ok(!grammar.has('{"a":1,"b":[1]}'));
  });

  it('reads oneOf as anyOf where what can’t be enforced is left out', () =>
    assert.ok(texts({ oneOf: [{ type: 'number' }, integer] }, true).has('5')));

  it('tells many schemas of oneOf apart in little time', () => {
    const kinds = Array.from({ length: 200 }, (_, index) =>
      object({ kind: { const: `kind ${index}` }, text }, ['kind']),
    );
    const grammar = texts({ oneOf: kinds });
    assert.ok(grammar.has('{"kind":"kind 199","text":"x"}'));
    assert.ok(!grammar.has('{"kind":"kind 200","text":"x"}'));
  });

  it('ignores annotations, and keywords that restrict nothing', () => {
    const grammar = texts({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 't',
      description: 'd',
      default: 1,
      examples: [1],
      deprecated: true,
      ...object({ a: { type: 'string', format: 'x-colour', uniqueItems: true, 'x-note': 1 } }),
      not: false,
      unevaluatedProperties: false,
    });
    assert.ok(grammar.has('{"a":"x"}'));
  });

  it('refuses a schema that nothing is valid against, or nothing that ends', () => {
    for (const schema of [
      { allOf: [text, integer] },
      object({ a: false }),
      object({ a: { $ref: '#' } }),
      { type: 'integer', minimum: 3, maximum: 2 },
      { enum: [] },
      object({ a: text, b: text }, ['a', 'b'], { maxProperties: 1 }),
    ])
      assert.throws(() => schemaGrammar(schema, false), /No JSON is valid/, JSON.stringify(schema));
  });

  it('rejects what isn’t a schema, and one that is nested too deeply or too large', () => {
    assert.throws(() => schemaGrammar({ type: 'array', items: 5 }, false), /"items" is none/);
    let deep: Schema = text;
    for (let i = 0; i < 2000; i++) deep = { type: 'array', items: deep };
    assert.throws(() => schemaGrammar(deep, false), /levels/);
    const wide = { anyOf: Array.from({ length: 50_000 }, (_, index) => ({ const: index })) };
    assert.throws(() => schemaGrammar(wide, false), /more than/);
    const choices = { anyOf: Array.from({ length: 20 }, (_, index) => ({ const: index })) };
    assert.throws(
      () => schemaGrammar({ allOf: Array.from({ length: 9 }, () => choices) }, false),
      /alternatives/,
    );
  });
});
