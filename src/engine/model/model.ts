import type { DeviceInfo } from '../../protocol/status.js';
import type { ThreadCounts } from './threads/threadCounts.js';

export type Token = number;

/** Fill-in-the-middle tokens, as the model's own vocabulary has them. */
export interface InfillTokens {
  readonly prefix: Token;
  readonly suffix: Token;
  readonly middle: Token;
  /** Precedes the path of each file, where the model knows several in one prompt. */
  readonly fileSeparator?: Token;
  /** Precedes the name of the project. */
  readonly repository?: Token;
}

export interface Sampling {
  /** 0 = greedy. */
  readonly temperature: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly minP?: number;
  /** 1 = none. Looks at the last 64 tokens. */
  readonly repeatPenalty?: number;
  /** 0 = none; as OpenAI's API has them, but for the last 64 tokens only. */
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly seed?: number;
}

export const GREEDY: Sampling = { temperature: 0 };

/**
 * Lifts some tokens' logits so far that only they are chosen; `undefined` = free choice, from then on. Asked before
 * each token.
 */
export type TokenConstraint = () => readonly Token[] | undefined;

/** A token that could have been chosen, with its probability from 0 to 1. */
export interface TokenOption {
  readonly token: Token;
  readonly probability: number;
}

export interface DecodeExtras {
  /**
   * What the text must be, in llama.cpp's notation (GBNF).
   * @throws EngineError `badGrammar` at the first token, where llama.cpp can't use it
   */
  readonly grammar?: string | undefined;
  /** Told the likeliest tokens before each token is given out, the chosen one first; `isEnd`: that ends the text. Sorts the vocabulary. */
  readonly onOptions?: ((options: readonly TokenOption[], isEnd: boolean) => void) | undefined;
  /** How many options are told besides the chosen one. */
  readonly maxOptions?: number | undefined;
  readonly tokenConstraint?: TokenConstraint | undefined;
  /** Told the probability of each token, 0 to 1, before the token is given out. Costs some time for each. */
  readonly onProbability?: ((probability: number) => void) | undefined;
  /** For a context elsewhere, which can't be asked between two tokens: ends its work at once. */
  readonly signal?: AbortSignal | undefined;
  /** How many tokens are wanted at most. */
  readonly maxTokens?: number | undefined;
  /** Called when the text ends for want of room, and not because the model has ended it. */
  readonly onCut?: (() => void) | undefined;
  /** Whether the text will repeat much of the prompt, as corrected code does: parts of it may be tried ahead. */
  readonly repeatsPrompt?: boolean | undefined;
}

/**
 * Weights that are loaded. Three implementations are foreseen: llama.cpp in this process (`LlamaModel`), a remote
 * server, and a scripted one for tests of what surrounds it.
 */
export interface Model {
  /** Catalogue id, or the file's name. */
  readonly id: string;
  readonly path: string;
  readonly architecture: string;
  readonly sizeBytes: number;
  /** Positions that it was trained on. */
  readonly trainedContextTokens: number;
  readonly device: DeviceInfo;
  readonly infill: InfillTokens | undefined;
  /** What a prompt has to begin with, if anything. */
  readonly bos: Token | undefined;
  /** The GGUF's own `tokenizer.chat_template`. */
  readonly chatTemplate: string | undefined;
  /** Texts that templates may use. */
  readonly bosText: string;
  readonly eosText: string;

  /** @param special whether texts of control tokens become those tokens; false for any text of the user's */
  tokenize(text: string, special: boolean): Token[];
  /** Text of the tokens without control tokens. An unfinished character at the end is U+FFFD. */
  detokenize(tokens: readonly Token[]): string;
  /** What one token is made of: perhaps a part of a character. Nothing for a control token. */
  bytesOf(token: Token): Uint8Array;
  /** Tokens are numbers below this. */
  readonly vocabularySize: number;
  /** Every token of the vocabulary that has a text. Takes some tenths of a second. */
  vocabulary(): Iterable<readonly [Token, string]>;
  openContext(options: ContextOptions): Promise<ModelContext>;
  /** `options.sequences` texts that can be evaluated side by side. */
  openSlots(options: ContextOptions): Promise<ModelSlots>;
  dispose(): Promise<void>;
}

export interface ContextOptions {
  /** Of each sequence. */
  readonly contextTokens: number;
  readonly batchTokens: number;
  /** How many texts the cache holds at once; default 1. */
  readonly sequences?: number;
  /** Asked before each evaluation, which then gets just so many; without it the model's own counts, or fewer. */
  readonly threads?: () => ThreadCounts;
}

/**
 * A KV cache on a model's weights, for one text at a time. It may hold several and find each again. Not for
 * concurrent use: `ContextQueue` sees to that.
 */
export interface ModelContext {
  readonly contextTokens: number;
  /** Evaluated by another machine: it waits for nothing here, nor does anything here wait for it. */
  readonly isRemote?: boolean | undefined;
  /** Most tokens that one `prefill` takes. */
  readonly batchTokens: number;
  /**
   * Goes to the text that begins most like `tokens`, keeps what the two have in common and drops its rest; returns
   * the length of what was kept.
   * @param pinned a text that stays cached, where the context holds more than one
   */
  rewind(tokens: readonly Token[], pinned?: readonly Token[]): Promise<number>;
  /** How many of the first `tokens` a `rewind` to them would keep. */
  cachedPrefixLength(tokens: readonly Token[]): number;
  /** Evaluates without sampling. */
  prefill(tokens: readonly Token[]): Promise<void>;
  /**
   * Evaluates `tokens`; returns what could have followed each of them: the token that does, in `tokens` or as `next`,
   * then the likeliest.
   */
  score(
    tokens: readonly Token[],
    next: Token,
    maxOptions: number,
  ): Promise<readonly (readonly TokenOption[])[]>;
  /** Evaluates `tokens` (at least one), then samples: each `next` is one token; ends at end-of-generation. */
  decode(tokens: readonly Token[], sampling: Sampling, options?: DecodeExtras): AsyncGenerator<Token, void>;
  /**
   * Mean logarithm of the probabilities with which the model would write `text` after `given` (at least one token).
   * Evaluates both; meant for a few dozen tokens beyond what the cache holds.
   */
  likelihood(given: readonly Token[], text: readonly Token[]): Promise<number>;
  dispose(): Promise<void>;
}

/** KV caches on a model's weights, one for each of several texts that are written at once. */
export interface ModelSlots {
  readonly contexts: readonly ModelContext[];
  /**
   * Runs evaluations of several of the contexts: those that `work` begins at once become one batch.
   * @param tokens that are evaluated in all
   */
  together<T>(tokens: number, work: () => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

export interface LoadOptions {
  /** 0…1 */
  readonly onProgress: (progress: number) => void;
}

/** Makes a model of a file. */
export interface ModelLoader {
  /** @throws EngineError with the reason why the file can't be used */
  load(file: { readonly id: string; readonly path: string }, options: LoadOptions): Promise<Model>;
}
