import { askEngine } from '../../test/engine/support/chatClient.js';
import type { EngineProcess } from '../../test/engine/support/engineProcess.js';
import { ANSWER_TOKENS, longText } from './longText.js';

export interface Measurement {
  readonly tokens: number;
  readonly seconds: number;
}

export interface Round {
  readonly prefill: Measurement;
  readonly decode: Measurement;
}

/** @param name makes the prompt unique, so that it is not in the cache */
export async function engineRound(engine: EngineProcess, name: string): Promise<Round> {
  const prefill = await ask(engine, name, 1);
  const decode = await ask(engine, name, ANSWER_TOKENS);
  return {
    prefill: { tokens: prefill.promptTokens - prefill.cachedTokens, seconds: prefill.seconds },
    decode: { tokens: decode.completionTokens, seconds: decode.seconds },
  };
}

async function ask(
  engine: EngineProcess,
  name: string,
  maxTokens: number,
): Promise<{ promptTokens: number; cachedTokens: number; completionTokens: number; seconds: number }> {
  const started = performance.now();
  const { result } = await askEngine(engine, [{ role: 'user', content: longText(name) }], {
    maxTokens,
    temperature: 0,
  });
  return { ...result, seconds: (performance.now() - started) / 1000 };
}
