import assert from 'node:assert/strict';
import { greedyTokens, type GreedyDeps } from '../../src/engine/model/greedyTokens.js';
import {
  importLlama,
  startLlama,
  type LlamaContextSequence,
  type NativeModel,
  type NativeToken,
  type TokenBias,
} from '../../src/engine/model/llamaBinding.js';
import { makeTinyModel } from '../fixtures/gguf/make.js';

const MAX_TOKENS = 12;

const REPLY = 'a, b):\n    return a + b\n';

interface Decoded {
  readonly tokens: readonly NativeToken[];
  readonly probabilities: readonly (number | undefined)[];
  /** Tokens of each evaluation. */
  readonly evaluations: readonly number[];
}

const ignored = { begin: () => undefined, add: () => undefined };
const always = { ...ignored, pays: true };
const never = { ...ignored, pays: false };

describe('greedy decoding', () => {
  let model: NativeModel;
  let sequence: LlamaContextSequence;

  before(async () => {
    const { llama } = await startLlama('off', 1, () => undefined);
    const modelPath = await makeTinyModel({
      architecture: 'qwen2',
      infill: true,
      replies: [{ after: '(', text: REPLY }],
    });
    model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  });
  after(() => model.dispose());
  beforeEach(async () => {
    const context = await model.createContext({ contextSize: 512, batchSize: 128 });
    sequence = context.getSequence();
  });
  afterEach(() => sequence.context.dispose());

  async function decode(
    prompt: readonly NativeToken[],
    { bias, speculation = always }: Partial<Pick<GreedyDeps, 'bias' | 'speculation'>> = {},
    most = MAX_TOKENS,
  ): Promise<Decoded> {
    const evaluations: number[] = [];
    const evaluate = <T>(count: number, work: () => Promise<T>): Promise<T> => {
      evaluations.push(count);
      return work();
    };
    const options = { sequence, evaluate, bias, speculation, withProbability: true };
    const [tokens, probabilities]: [NativeToken[], (number | undefined)[]] = [[], []];
    for await (const { token, probability } of greedyTokens(options, prompt)) {
      tokens.push(token);
      probabilities.push(probability);
      if (tokens.length === most) break;
    }
    return { tokens, probabilities, evaluations };
  }

  async function libraryDecode(
    prompt: readonly NativeToken[],
    bias?: () => TokenBias,
  ): Promise<Pick<Decoded, 'tokens' | 'probabilities'>> {
    const [tokens, probabilities]: [NativeToken[], (number | undefined)[]] = [[], []];
    const options = { temperature: 0, ...(bias === undefined ? {} : { tokenBias: bias }) };
    await sequence.clearHistory();
    for await (const each of sequence.evaluateWithMetadata([...prompt], { confidence: true }, options)) {
      tokens.push(each.token);
      probabilities.push(each.confidence);
      if (tokens.length === MAX_TOKENS) break;
    }
    return { tokens, probabilities };
  }

  async function biasTo(text: string): Promise<() => TokenBias> {
    const { TokenBias } = await importLlama();
    const bias = new TokenBias(model.tokenizer).set(model.tokenize(text, false), { logit: 1000 });
    return () => bias;
  }

  for (const [what, allowed] of [
    ['with a clear winner', undefined],
    ['with ties', 'xyz'],
  ] as const)
    it(`chooses the same tokens ${what} as the library`, async () => {
      const prompt = model.tokenize('def f(');
      const bias = allowed === undefined ? undefined : await biasTo(allowed);
      const ours = await decode(prompt, { bias });
      const theirs = await libraryDecode(prompt, bias);
      assert.ok(ours.tokens.length > 5);
      assert.deepEqual(ours.tokens, theirs.tokens);
      const isConfident = ours.probabilities.every((probability) => (probability ?? 0) > 0.9);
      assert.equal(isConfident, allowed === undefined);
      for (const [index, probability = 0] of ours.probabilities.entries())
        assert.ok(Math.abs(probability - (theirs.probabilities[index] ?? 0)) < 1e-3, `token ${index}`);
    });

  it('evaluates several tokens at once where the text repeats itself', async () => {
    const prompt = model.tokenize(`def f(${REPLY}\ndef g(`);
    const { tokens, evaluations } = await decode(prompt);
    assert.equal(model.detokenize(tokens), REPLY);
    assert.ok(evaluations.length < tokens.length - 2, evaluations.join());
    assert.deepEqual(tokens, (await libraryDecode(prompt)).tokens);
  });

  it('discards a wrong prediction', async () => {
    // The predicted text has a different end.
    const prompt = model.tokenize(`def f(a, b):\n    return a - c\n\ndef g(`);
    const { tokens, evaluations } = await decode(prompt);
    assert.equal(model.detokenize(tokens), REPLY);
    assert.ok(Math.max(...evaluations.slice(1)) > 1, 'something was predicted');
    const known = sequence.contextTokens;
    assert.deepEqual(known, [...prompt, ...tokens].slice(0, known.length));
    assert.ok(known.length >= prompt.length + tokens.length - 1);
    assert.deepEqual(tokens, (await libraryDecode(prompt)).tokens);
  });

  it('leaves a state from which decoding continues correctly', async () => {
    const prompt = model.tokenize(`def f(${REPLY}\ndef g(`);
    for (let most = 1; most < 8; most++) {
      await decode(prompt, {}, most);
      const other = model.tokenize(`def f(${REPLY}\ndef g(a`);
      await sequence.adaptStateToTokens(other.slice(0, -1), false);
      const { tokens } = await decode(other.slice(sequence.nextTokenIndex));
      assert.equal(`a${model.detokenize(tokens)}`, REPLY, `left after ${most}`);
    }
  });

  it('predicts nothing under a token constraint, or when speculation is disabled', async () => {
    const prompt = model.tokenize(`def f(${REPLY}\ndef g(`);
    for (const options of [{ bias: await biasTo(REPLY) }, { speculation: never }]) {
      const { evaluations } = await decode(prompt, options);
      assert.ok(evaluations.slice(1).every((count) => count === 1));
    }
  });

  it('never exceeds the context', async () => {
    const room = 4;
    const prompt = model
      .tokenize(`${`def f(${REPLY}\n`.repeat(60)}def g(`)
      .slice(-(sequence.contextSize - room));
    const { tokens } = await decode(prompt, {}, room - 1);
    assert.equal(tokens.length, room - 1);
    assert.deepEqual(sequence.contextTokens.slice(0, prompt.length), prompt, 'nothing was dropped');
  });

  it('chooses among the allowed tokens', async () => {
    const { tokens } = await decode(model.tokenize('def f('), { bias: await biasTo('b') }, 1);
    assert.deepEqual(tokens, model.tokenize('b', false));
  });
});
