import { chatSampling } from '../chat/chatSampling.js';
import type { Model, Sampling } from '../model/model.js';
import type { TextOptions } from './generationRequest.js';

/** How a wish's tokens are chosen. Unlike in a chat, a temperature of 0 is greedy: callers ask for it to test. */
export function textSampling(model: Model, thinking: boolean, wished: TextOptions): Sampling {
  const { temperature, topP, topK, minP, seed, frequencyPenalty, presencePenalty, repeatPenalty } = wished;
  const own = chatSampling(model, thinking);
  return {
    ...own,
    ...defined({ temperature, topP, topK, minP, seed, frequencyPenalty, presencePenalty, repeatPenalty }),
    // Whoever sets penalties gets those, not the family's besides.
    ...(frequencyPenalty === undefined && presencePenalty === undefined
      ? {}
      : { repeatPenalty: repeatPenalty ?? 1 }),
    ...(temperature === 0 && repeatPenalty === undefined ? { repeatPenalty: 1 } : {}),
  };
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
