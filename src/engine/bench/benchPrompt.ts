import type { Model, Token } from '../model/model.js';

/** Ordinary code: what it says doesn't matter, how long it is does. */
const TEXT = `def mean(values):
    """The arithmetic mean of some numbers; zero of none."""
    total = 0.0
    count = 0
    for value in values:
        total += value
        count += 1
    return total / count if count else 0.0

`;

export interface BenchPrompt {
  /** Exactly as many as were asked for, what a prompt has to begin with among them. */
  readonly tokens: readonly Token[];
  /** Tokens of ordinary text, to go on with: none of them ends an answer. */
  readonly words: readonly Token[];
}

/** Enough to leave the model a choice, few enough to be no work. */
const MAX_WORDS = 64;

/** A prompt of an exact length, whatever the model's vocabulary is. */
export function benchPrompt(model: Pick<Model, 'tokenize' | 'bos'>, length: number): BenchPrompt {
  const start = model.bos === undefined ? [] : [model.bos];
  const text: Token[] = [];
  for (let repeats = 1; text.length < length; repeats *= 2)
    text.splice(0, text.length, ...model.tokenize(TEXT.repeat(repeats), false));
  return {
    tokens: [...start, ...text].slice(0, length),
    words: [...new Set(text)].slice(0, MAX_WORDS),
  };
}
