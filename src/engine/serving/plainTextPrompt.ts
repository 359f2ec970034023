import { splitForHealing, type VocabularyIndex } from '../decoding/tokenHealing.js';
import type { Model } from '../model/model.js';
import { tooLong } from './chatTextPrompt.js';
import type { TextPrompt } from './generationRequest.js';

/**
 * A text that the model goes on with.
 * @param index for token healing; without it the model begins with a new token
 * @param mayCut whether the beginning is left out where it is too long for the context; otherwise that is an error
 * @throws EngineError `promptTooLong`
 */
export function plainTextPrompt(
  model: Model,
  contextTokens: number,
  index: VocabularyIndex | undefined,
  text: string,
  mayCut: boolean,
): TextPrompt {
  const bos = model.bos === undefined ? [] : [model.bos];
  const { kept, held } = index === undefined ? { kept: text, held: '' } : splitForHealing(text, index);
  const tokens = [...bos, ...model.tokenize(kept, false)];
  // Nothing to go on with: the end of a text is where another one may begin.
  if (tokens.length === 0) tokens.push(...model.tokenize(model.eosText, true).slice(0, 1));
  if (tokens.length === 0) tokens.push(...model.tokenize('\n', false));
  const room = contextTokens - 1;
  if (tokens.length <= room) return { tokens, thinking: 'none', stop: [], isCut: false, held };
  if (!mayCut) throw tooLong(tokens.length, contextTokens);
  const end = [...bos, ...tokens.slice(-Math.floor(contextTokens * 0.75))];
  return { tokens: end, thinking: 'none', stop: [], isCut: true, held };
}
