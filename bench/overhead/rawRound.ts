import type { NativeToken } from '../../src/engine/model/llamaBinding.js';
import type { Sampling } from '../../src/engine/model/model.js';
import type { RawModel } from '../machine/rawModel.js';
import type { Measurement, Round } from './engineRound.js';
import { ANSWER_TOKENS, longText } from './longText.js';

/** The same amount of work as an engine round, with node-llama-cpp alone. */
export async function rawRound(raw: RawModel, name: string, sampling: Sampling): Promise<Round> {
  const { native, sequence } = raw;
  const prompt = native.tokenize(
    `<|im_start|>user\n${longText(name)}<|im_end|>\n<|im_start|>assistant\n`,
    true,
  );
  await sequence.clearHistory();
  const prefill = await evaluate(raw, prompt, 1, sampling);
  await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
  const decode = await evaluate(raw, prompt.slice(-1), ANSWER_TOKENS, sampling);
  return { prefill: { tokens: prompt.length, seconds: prefill.seconds }, decode };
}

async function evaluate(
  raw: RawModel,
  tokens: NativeToken[],
  maxTokens: number,
  sampling: Sampling,
): Promise<Measurement> {
  const started = performance.now();
  const answer = raw.evaluate(tokens, sampling);
  let count = 0;
  while (count < maxTokens && (await answer.next()).done !== true) count++;
  const seconds = (performance.now() - started) / 1000;
  await answer.return(undefined);
  return { tokens: count, seconds };
}
