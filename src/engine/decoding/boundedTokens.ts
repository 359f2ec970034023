import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Model, Token } from '../model/model.js';
import { textChunks } from '../model/textChunks.js';

/** Tokenized in one turn of the event loop: some 20 ms. Between two turns other requests are answered. */
const MAX_TURN_LENGTH = 16_384;
/** No vocabulary has longer tokens, so what is further away can't be among the last ones. */
const MAX_TOKEN_LENGTH = 128;

export interface BoundedTokens {
  readonly tokens: readonly Token[];
  /** Tokens of the whole text; estimated where it is so long that counting them would take seconds. */
  readonly total: number;
}

/** The tokens of a text, or of its beginning if it has more than `count`. */
export async function firstTokens(
  model: Pick<Model, 'tokenize'>,
  text: string,
  count: number,
  special = false,
): Promise<BoundedTokens> {
  const { parts, characters } = await tokensOf(model, textChunks(text, MAX_TURN_LENGTH), count, special);
  return boundedTokens(parts.flat(), characters, text.length);
}

/** The tokens of a text, or of its end if it has more than `count`. */
export async function lastTokens(
  model: Pick<Model, 'tokenize'>,
  text: string,
  count: number,
): Promise<BoundedTokens> {
  const end = text.slice(-(count + 1) * MAX_TOKEN_LENGTH);
  const chunks = [...textChunks(end, MAX_TURN_LENGTH)].toReversed();
  const { parts, characters } = await tokensOf(model, chunks, count, false);
  return boundedTokens(parts.toReversed().flat(), characters, text.length);
}

/** Tokens of one chunk after the other until there are more than `count`. */
async function tokensOf(
  model: Pick<Model, 'tokenize'>,
  chunks: Iterable<string>,
  count: number,
  special: boolean,
): Promise<{ readonly parts: readonly Token[][]; readonly characters: number }> {
  const parts: Token[][] = [];
  let [tokens, characters] = [0, 0];
  for (const chunk of chunks) {
    if (parts.length > 0) await nextTurn();
    const part = model.tokenize(chunk, special);
    parts.push(part);
    tokens += part.length;
    characters += chunk.length;
    if (tokens > count) break;
  }
  return { parts, characters };
}

function boundedTokens(tokens: readonly Token[], characters: number, length: number): BoundedTokens {
  const total = characters < length ? Math.round((tokens.length * length) / characters) : tokens.length;
  return { tokens, total };
}
