import { benchFigures, benchPrompt, cachedRun } from '../../engine/bench/benchRun.js';
import type { Engine } from '../../engine/engine.js';

const PROMPT_TOKENS = 128;
const ANSWER_TOKENS = 32;

/** A short measurement: tokens read and written per second by the chat's model. */
export async function speedTrial(
  engine: Pick<Engine, 'host' | 'decoder'>,
  signal: AbortSignal,
): Promise<{ readonly prefill: number; readonly decode: number }> {
  const { model } = await engine.host.lane('chat');
  const context = await model.openContext({
    contextTokens: PROMPT_TOKENS + ANSWER_TOKENS + 1,
    batchTokens: PROMPT_TOKENS,
  });
  try {
    const means = { decoder: engine.decoder, context, signal };
    const prompt = benchPrompt(model, PROMPT_TOKENS);
    // The first evaluations load what lies on the disk.
    await cachedRun(means, prompt, 2);
    const figures = benchFigures([await cachedRun(means, prompt, ANSWER_TOKENS)]);
    return {
      prefill: (PROMPT_TOKENS * 1000) / figures.firstTokenMs,
      decode: figures.decodeTokensPerSecond,
    };
  } finally {
    await context.dispose();
  }
}
