import type { Model } from '../model/model.js';
import { tooLong } from './chatTextPrompt.js';
import type { TextPrompt } from './textWish.js';

/**
 * A text that the model goes on with.
 * @param mayCut whether the beginning is left out where it is too long for the context; otherwise that is an error
 * @throws EngineError `promptTooLong`
 */
export function plainTextPrompt(
  model: Model,
  contextTokens: number,
  text: string,
  mayCut: boolean,
): TextPrompt {
  const bos = model.bos === undefined ? [] : [model.bos];
  const tokens = [...bos, ...model.tokenize(text, false)];
  // Nothing to go on with: the end of a text is where another one may begin.
  if (tokens.length === 0) tokens.push(...model.tokenize(model.eosText, true).slice(0, 1));
  if (tokens.length === 0) tokens.push(...model.tokenize('\n', false));
  const room = contextTokens - 1;
  if (tokens.length <= room) return { tokens, thinking: 'none', stop: [], isCut: false };
  if (!mayCut) throw tooLong(tokens.length, contextTokens);
  const kept = [...bos, ...tokens.slice(-Math.floor(contextTokens * 0.75))];
  return { tokens: kept, thinking: 'none', stop: [], isCut: true };
}
