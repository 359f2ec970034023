import type { DecodeStats } from '../decoding/decoder.js';
import type { DecodeExtras, Sampling, Token } from '../model/model.js';

/** One text that a caller wants to have written. */
export interface TextJob {
  /** Callers take turns; whoever can't be told apart is one. */
  readonly caller: string;
  readonly prompt: readonly Token[];
  readonly sampling: Sampling;
  readonly extras?: DecodeExtras;
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  /** Told each token as it comes; false ends the text. */
  readonly onToken: (token: Token) => boolean;
  /** Told after each piece of the prompt: tokens evaluated so far, of those that had to be. */
  readonly onPrefill?: (done: number, total: number) => void;
  readonly figures: DecodeStats;
}
