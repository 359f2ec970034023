import type { Model, Token } from '../model/model.js';

/** A token of ordinary text has fewer characters; one of a run of the same character has no more than the other number. */
const CHARACTERS_PER_TOKEN = { text: 16, run: 128 };

export interface BoundedTokens {
  readonly tokens: readonly Token[];
  /** Tokens of the whole text; estimated where it is so long that counting them would take seconds. */
  readonly total: number;
}

/** The tokens of a text, or of its beginning if it has more than `count`. */
export function firstTokens(
  model: Pick<Model, 'tokenize'>,
  text: string,
  count: number,
  special = false,
): BoundedTokens {
  return bounded(model, text, count, special, (characters) => text.slice(0, characters));
}

/** The tokens of a text, or of its end if it has more than `count`. */
export function lastTokens(model: Pick<Model, 'tokenize'>, text: string, count: number): BoundedTokens {
  return bounded(model, text, count, false, (characters) => text.slice(-characters));
}

function bounded(
  model: Pick<Model, 'tokenize'>,
  text: string,
  count: number,
  special: boolean,
  part: (characters: number) => string,
): BoundedTokens {
  let used = part(Math.max(1, count) * CHARACTERS_PER_TOKEN.text);
  let tokens = model.tokenize(used, special);
  if (used.length < text.length && tokens.length <= count) {
    used = part(Math.max(1, count) * CHARACTERS_PER_TOKEN.run);
    tokens = model.tokenize(used, special);
  }
  const total = used.length < text.length ? (tokens.length * text.length) / used.length : tokens.length;
  return { tokens, total: Math.round(total) };
}
