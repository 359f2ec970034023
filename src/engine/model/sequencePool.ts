import type { Token } from './model.js';

/** A text counts as known when so much of it, or of what is cached, is the same. */
const ALIKE = 0.5;

/** What of a sequence matters here. */
export interface CachedSequence {
  readonly contextTokens: readonly Token[];
}

/**
 * Several texts of one context. A user who goes to and fro between two files finds each one's cache again: a text
 * goes on in the sequence that begins like it; one that is new takes the place of the one unused for longest.
 */
export class SequencePool<S extends CachedSequence> {
  /** The last used first. */
  private readonly sequences: S[];

  constructor(sequences: readonly [S, ...S[]]) {
    this.sequences = [...sequences];
  }

  /** The sequence to evaluate `tokens` in. */
  choose(tokens: readonly Token[]): S {
    let best: { readonly sequence: S; readonly common: number } | undefined;
    for (const sequence of this.sequences) {
      const cached = sequence.contextTokens;
      const common = commonPrefix(cached, tokens);
      const isAlike = common > 0 && common >= ALIKE * Math.min(cached.length, tokens.length);
      if (isAlike && common > (best?.common ?? 0)) best = { sequence, common };
    }
    const chosen =
      best?.sequence ??
      this.sequences.find(({ contextTokens }) => contextTokens.length === 0) ??
      this.sequences.at(-1);
    if (chosen === undefined) throw new Error('a pool has at least one sequence');
    this.sequences.splice(this.sequences.indexOf(chosen), 1);
    this.sequences.unshift(chosen);
    return chosen;
  }
}

function commonPrefix(a: readonly Token[], b: readonly Token[]): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}
