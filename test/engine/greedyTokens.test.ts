import assert from 'node:assert/strict';
import { greedyTokens } from '../../src/engine/model/greedyTokens.js';
import {
  importLlama,
  startLlama,
  type LlamaContextSequence,
  type NativeModel,
  type NativeToken,
  type TokenBias,
} from '../../src/engine/model/llamaBinding.js';
import { makeTinyModel } from '../fixtures/gguf/make.js';

const MOST_TOKENS = 12;

describe('greedy decoding with probabilities', () => {
  let model: NativeModel;

  before(async () => {
    const { llama } = await startLlama('off', 1, () => undefined);
    const modelPath = await makeTinyModel({
      architecture: 'qwen2',
      infill: true,
      replies: [{ after: '(', text: 'a, b):\n    return a + b\n' }],
    });
    model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  });
  after(() => model.dispose());

  async function inSequence<T>(work: (sequence: LlamaContextSequence) => Promise<T>): Promise<T> {
    const context = await model.createContext({ contextSize: 512, batchSize: 128 });
    try {
      return await work(context.getSequence());
    } finally {
      await context.dispose();
    }
  }

  interface Sure {
    readonly token: NativeToken;
    readonly confidence: number;
  }

  async function first(tokens: AsyncIterable<Sure>): Promise<Sure[]> {
    const all: Sure[] = [];
    for await (const { token, confidence } of tokens) {
      all.push({ token, confidence });
      if (all.length === MOST_TOKENS) break;
    }
    return all;
  }

  const biasTo = async (text: string): Promise<TokenBias> => {
    const { TokenBias } = await importLlama();
    return new TokenBias(model.tokenizer).set(model.tokenize(text, false), { logit: 1000 });
  };

  for (const [what, allowed] of [
    ['that the model is sure of', undefined],
    ['among several that are as good', 'xyz'],
  ] as const)
    it(`says of tokens ${what} the same as the library`, async () => {
      const tokens = model.tokenize('def f(');
      const options = allowed === undefined ? {} : { tokenBias: await biasTo(allowed) };
      const ours = await inSequence((sequence) => first(greedyTokens(sequence, tokens, options)));
      const theirs = await inSequence((sequence) =>
        first(sequence.evaluateWithMetadata(tokens, { confidence: true }, { ...options, temperature: 0 })),
      );
      assert.ok(ours.length > 5);
      assert.equal(
        ours.every(({ confidence }) => confidence > 0.9),
        allowed === undefined,
      );
      assert.deepEqual(
        ours.map(({ token }) => token),
        theirs.map(({ token }) => token),
      );
      for (const [index, { confidence }] of ours.entries())
        assert.ok(Math.abs(confidence - (theirs[index]?.confidence ?? 0)) < 1e-3, `token ${index}`);
    });

  it('chooses among what it is allowed', async () => {
    const [wanted] = model.tokenize('b', false);
    const tokenBias = await biasTo('b');
    const [chosen] = await inSequence((sequence) =>
      first(greedyTokens(sequence, model.tokenize('def f('), { tokenBias })),
    );
    assert.equal(chosen?.token, wanted);
  });
});
