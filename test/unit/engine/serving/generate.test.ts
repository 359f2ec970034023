import assert from 'node:assert/strict';
import { ChatPromptBuilders } from '../../../../src/engine/chat/chatPromptBuilder.js';
import { Decoder } from '../../../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../../../src/engine/decoding/scheduler.js';
import { SlotRunner } from '../../../../src/engine/decoding/slotRunner.js';
import { VocabularyIndexes } from '../../../../src/engine/decoding/tokenHealing.js';
import { generate } from '../../../../src/engine/serving/generate.js';
import type {
  GenerationChunk,
  GenerationOptions,
  GenerationResult,
} from '../../../../src/engine/serving/generationRequest.js';
import { continuationPrompt, UnknownToken } from '../../../../src/engine/serving/requestPrompts.js';
import { ScriptedModel } from '../../support/scriptedModel.js';

interface Generated {
  readonly result: GenerationResult;
  readonly pieces: readonly GenerationChunk[];
  /** Texts of the tokens with probabilities. */
  readonly tokens: readonly string[];
  readonly model: ScriptedModel;
}

/** Continues a prompt with ` is Paris, the capital`, in tokens of one byte; the healed text is ` is`. */
async function continued(
  prompt: string | readonly number[],
  options: GenerationOptions,
  isHealed = true,
): Promise<Generated> {
  const whole = 'The answer is Paris, the capital';
  const model = new ScriptedModel({ answer: (before) => whole.slice(before.length) });
  const scheduler = new Scheduler();
  const slots = await model.openSlots({ contextTokens: 512, batchTokens: 8, sequences: 1 });
  const runner = new SlotRunner(slots, scheduler, new Decoder(scheduler));
  const prompts = { chatPrompts: new ChatPromptBuilders(), vocabularies: new VocabularyIndexes() };
  const pieces: GenerationChunk[] = [];
  const result = await generate(
    { runner, model, prompts },
    {
      caller: { address: '127.0.0.1', name: 'one' },
      role: 'chat',
      options: { temperature: 0, ...options },
      prompt: continuationPrompt({ prompt, truncate: false, isHealed }),
    },
    new AbortController().signal,
    { onStart: () => undefined, onPiece: (piece) => void pieces.push(piece) },
  );
  const tokens = pieces.flatMap((piece) =>
    piece.kind === 'prefill' ? [] : piece.logprobs.map(({ chosen }) => Buffer.from(chosen.bytes).toString()),
  );
  return { result, pieces, tokens, model };
}

const PROMPT = 'The answer is';

describe('a generated text', () => {
  it('has the tokens asked for beyond those that heal the prompt’s last word', async () => {
    const { result, tokens } = await continued(PROMPT, { maxTokens: 2, logprobs: 0 });
    assert.equal(result.text, ' P');
    assert.equal(result.finish, 'length');
    assert.equal(result.completionTokens, 2);
    assert.equal(result.promptTokens, PROMPT.length);
    assert.deepEqual(tokens, [' ', 'P']);
  });

  it('is empty with no tokens asked for', async () => {
    const { result, model } = await continued(PROMPT, { maxTokens: 0 });
    assert.deepEqual([result.text, result.completionTokens, result.finish], ['', 0, 'length']);
    assert.ok(model.steps.every(({ operation }) => operation !== 'token'));
  });

  it('stops at a stop sequence as if nothing were healed', async () => {
    const { result } = await continued(PROMPT, { stop: [','] });
    assert.deepEqual([result.text, result.finish, result.stopSequence], [' Paris', 'stop', ',']);
  });

  for (const prompt of [PROMPT, [...Buffer.from(PROMPT)]])
    it(`begins with the echoed prompt and its probabilities, given as ${typeof prompt}`, async () => {
      const options = { maxTokens: 1, echo: true, logprobs: 1 };
      const { pieces, tokens } = await continued(prompt, options, false);
      const [echoed] = pieces.filter((piece) => piece.kind === 'prompt');
      assert.equal(echoed?.text, PROMPT);
      assert.equal(tokens.join(''), `${PROMPT} `);
      assert.deepEqual(
        echoed.logprobs.map(({ chosen, top }) => [chosen.logprob, top.length]),
        [[undefined, 0], ...[...PROMPT].slice(1).map(() => [Math.log(0.5), 1])],
      );
    });

  it('echoes the probabilities of a prompt whose cache is known, and evaluates nothing beyond it', async () => {
    const { tokens, result, model } = await continued(
      PROMPT,
      { maxTokens: 0, echo: true, logprobs: 1 },
      false,
    );
    assert.equal(tokens.join(''), PROMPT);
    assert.equal(result.cachedTokens, 0);
    const evaluated = model.steps
      .filter(({ operation }) => operation === 'prefill')
      .reduce((sum, { count }) => sum + count, 0);
    assert.equal(evaluated, PROMPT.length);
  });

  it('is refused for tokens that the model doesn’t have', async () => {
    await assert.rejects(continued([1, 999_999], {}), UnknownToken);
  });
});
