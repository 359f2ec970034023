import assert from 'node:assert/strict';
import { schemaGrammar } from '../../src/engine/model/grammar/schemaGrammar.js';
import { GREEDY, type Model } from '../../src/engine/model/model.js';
import { SCHEMA_CASES } from '../unit/engine/model/grammar/support/schemaCases.js';
import { promptTokens, TestLlama } from './support/tinyLlama.js';

describe('grammars of JSON schemas in a real llama.cpp', () => {
  let model: Model;
  before(async () => {
    model = await new TestLlama().loadTiny({ architecture: 'qwen2', replies: [] });
  });
  after(() => model.dispose());

  /** What is written under a grammar, and whether it ended by itself. */
  async function written(grammar: string, most: number): Promise<readonly [text: string, hasEnded: boolean]> {
    const context = await model.openContext({ contextTokens: 512, batchTokens: 64 });
    const tokens: number[] = [];
    try {
      for await (const token of context.decode(promptTokens(model, 'x'), GREEDY, { grammar })) {
        tokens.push(token);
        if (tokens.length >= most) return [model.detokenize(tokens), false];
      }
    } finally {
      await context.dispose();
    }
    return [model.detokenize(tokens), true];
  }

  for (const { name, schema } of SCHEMA_CASES)
    it(`are accepted: ${name}`, async () => {
      const [text] = await written(schemaGrammar(schema, false), 3);
      assert.ok(text.length > 0);
    });

  for (const value of ['a"\\\n\u0001😀', { a: [1, null, { b: 'x' }] }, 12])
    it(`end after the only text that they allow: ${JSON.stringify(value)}`, async () => {
      const [text, hasEnded] = await written(schemaGrammar({ const: value }, false), 100);
      assert.deepEqual([text, hasEnded], [JSON.stringify(value), true]);
    });

  it('allow one of a thousand values', async () => {
    const values = Array.from({ length: 1000 }, (_, index) => `value number ${index}`);
    const grammar = schemaGrammar({ enum: values }, false);
    const [text, hasEnded] = await written(grammar, 100);
    assert.ok(hasEnded && values.includes(JSON.parse(text) as string), text);
  });

  it('allow texts and lists of a bounded length up to the limit', async () => {
    const items = { type: 'string', minLength: 1000, maxLength: 12_345 };
    const schema = { type: 'array', minItems: 1000, maxItems: 5000, items };
    const [text] = await written(schemaGrammar(schema, false), 20);
    assert.match(text, /^\[/);
  });
});
