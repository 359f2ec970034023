import type { Token } from './model.js';

/** A text counts as known when so much of it, or of what is cached, is the same. */
const ALIKE = 0.5;

/** What of a sequence matters here. */
export interface CachedSequence {
  readonly contextTokens: readonly Token[];
}

interface Match<S> {
  readonly sequence: S;
  readonly common: number;
  readonly lost: number;
}

/**
 * Several texts of one context. A user who goes to and fro between two files finds each one's cache again: a text
 * continues in the sequence that begins like it; one that is new takes the place of the one unused for longest.
 */
export class SequencePool<S extends CachedSequence> {
  /** The last used first. */
  private readonly sequences: S[];

  constructor(sequences: readonly [S, ...S[]]) {
    this.sequences = [...sequences];
  }

  /**
   * The sequence to evaluate `tokens` in.
   * @param pinned a text that must stay cached, unless there is one sequence only
   */
  choose(tokens: readonly Token[], pinned: readonly Token[] = []): S {
    const spared = this.nearest(pinned)?.sequence;
    const free = this.sequences.filter((sequence) => sequence !== spared);
    const open = free.length > 0 ? free : this.sequences;
    const chosen =
      this.nearest(tokens, open)?.sequence ??
      open.find(({ contextTokens }) => contextTokens.length === 0) ??
      open.at(-1);
    if (chosen === undefined) throw new Error('a pool has at least one sequence');
    this.sequences.splice(this.sequences.indexOf(chosen), 1);
    this.sequences.unshift(chosen);
    return chosen;
  }

  /** How many of the first `tokens` would be found in the cache. */
  cachedPrefixLength(tokens: readonly Token[]): number {
    return this.nearest(tokens)?.common ?? 0;
  }

  /** The one with most in common; of several the one with least besides, which would be lost. */
  private nearest(tokens: readonly Token[], sequences: readonly S[] = this.sequences): Match<S> | undefined {
    let best: Match<S> | undefined;
    for (const sequence of sequences) {
      const cached = sequence.contextTokens;
      const common = commonPrefix(cached, tokens);
      if (common === 0 || common < ALIKE * Math.min(cached.length, tokens.length)) continue;
      const match = { sequence, common, lost: cached.length - common };
      if (best === undefined || common > best.common || (common === best.common && match.lost < best.lost))
        best = match;
    }
    return best;
  }
}

function commonPrefix(a: readonly Token[], b: readonly Token[]): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}
