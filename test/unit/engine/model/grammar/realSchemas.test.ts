import assert from 'node:assert/strict';
import { z } from 'zod';
import { schemaGrammar } from '../../../../../src/engine/model/grammar/schemaGrammar.js';
import realSchemas from '../../../../fixtures/realSchemas.json' with { type: 'json' };
import { GbnfTexts } from './support/gbnfTexts.js';
import type { Schema } from './support/schemaBuilders.js';

/** Schemas that no grammar can enforce, and the keyword that the refusal has to name. */
const REFUSED: Readonly<Record<string, string>> = {
  'pydantic: Decimal': 'pattern',
  'pydantic: set': 'uniqueItems',
  'pydantic: multiple of': 'multipleOf',
  'zod: email': 'pattern',
  'GitHub action: inputs': 'patternProperties',
  'package.json: name': 'pattern',
  'tsconfig: paths': 'uniqueItems',
  'conditional address': 'then',
  'dependent fields': 'dependentRequired',
  not: 'not',
};
/** What the validator doesn't know: constants that are lists or objects, `definitions`, formats that are annotations here. */
const UNCHECKED = /"const":\[|"enum":\[[^\]]*\{|#\/definitions|"format":"(?:uri|regex|duration)"/;

/** The same numbers each time. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function check(schema: Schema, random: () => number): void {
  const grammar = new GbnfTexts(schemaGrammar(schema, false), random);
  const validator = UNCHECKED.test(JSON.stringify(schema)) ? z.json() : z.fromJSONSchema(schema);
  for (let round = 0; round < 40; round++) {
    const written = grammar.next();
    assert.ok(validator.safeParse(JSON.parse(written)).success, `${JSON.stringify(schema)}: ${written}`);
  }
}

describe('schemas as tools and libraries have them', () => {
  for (const [name, schema] of Object.entries<Schema>(realSchemas)) {
    const keyword = REFUSED[name];
    if (keyword === undefined)
      it(`have answers that are valid only: ${name}`, () => check(schema, randomNumbers(7)));
    else
      it(`are refused with the name of the keyword: ${name}`, () =>
        assert.throws(
          () => schemaGrammar(schema, false),
          new RegExp(`"${keyword}" at #.*can't be enforced`),
        ));
  }

  it('have answers that are valid only: 150 schemas at random', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const random = randomNumbers(seed);
      const part = randomSchema(random, 2);
      check({ ...randomSchema(random, 3), $defs: { part } }, random);
    }
  });
});

function randomSchema(random: () => number, depth: number): Schema {
  const below = (most: number): number => Math.floor(random() * most);
  const oneOf = <T>(first: T, ...others: readonly T[]): T =>
    [first, ...others][below(others.length + 1)] ?? first;
  const some = (): Schema => randomSchema(random, depth - 1);
  const low = below(9) - 4;
  const simple = [
    { type: 'boolean' },
    { type: 'null' },
    { type: 'integer', minimum: low, maximum: low + below(30) },
    { type: 'number', minimum: low, exclusiveMaximum: low + 1 + below(9) },
    { type: 'string', minLength: below(3), maxLength: 3 + below(9) },
    { type: 'string', pattern: oneOf('^[a-f]{2,4}$', '^\\d+(?:\\.\\d+)?$', '^(?:red|green)-[0-9]$') },
    { type: 'string', format: oneOf('date', 'uuid', 'email', 'ipv4') },
    { enum: ['a', 'b', low, null].slice(below(3)) },
    { type: oneOf(['string', 'null'], ['integer', 'boolean']) },
    { const: oneOf<unknown>('x', 1, true) },
  ];
  if (depth === 0) return simple[below(simple.length)] ?? {};
  const names = ['id', 'name', 'tags', 'size'].slice(0, 1 + below(4));
  return oneOf<Schema>(
    simple[below(simple.length)] ?? {},
    {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, some()])),
      required: names.filter(() => random() < 0.6),
      additionalProperties: false,
    },
    { type: 'array', items: some(), minItems: below(2), maxItems: 1 + below(3) },
    { anyOf: [some(), some()] },
    { type: 'object', additionalProperties: some() },
    ...(depth > 2 ? [{ type: 'array', items: { $ref: '#/$defs/part' }, maxItems: 2 }] : []),
  );
}
