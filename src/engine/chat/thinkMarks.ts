import type { Model, Token } from '../model/model.js';

/**
 * Some vocabularies have the thinking tags as control tokens, which have no text of their own when detokenized.
 * @returns the text of those that would get lost
 */
export function thinkMarks(model: Pick<Model, 'tokenize' | 'detokenize'>): ReadonlyMap<Token, string> {
  const marks = new Map<Token, string>();
  for (const text of ['<think>', '</think>']) {
    const [token, ...rest] = model.tokenize(text, true);
    if (token !== undefined && rest.length === 0 && model.detokenize([token]) === '') marks.set(token, text);
  }
  return marks;
}
