import type { ModelRole } from '../../protocol/errors.js';
import type { OutputGrammar, Token } from '../model/model.js';
import type { Model } from '../model/model.js';
import type { PromptDeps } from './promptDeps.js';

/** How a text is to be written; what is left out is the model family's own. */
export interface TextOptions {
  /** Default: what the context leaves. */
  readonly maxTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly minP?: number | undefined;
  readonly seed?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly repeatPenalty?: number | undefined;
  /** Texts that end it and aren't part of it. */
  readonly stop?: readonly string[] | undefined;
  readonly grammar?: OutputGrammar | undefined;
  /** The likeliest tokens to tell of besides the chosen one; `undefined` = no probabilities at all. */
  readonly options?: number | undefined;
  /** Milliseconds for writing. */
  readonly maxMs?: number | undefined;
}

/** What the model is shown. */
export interface TextPrompt {
  readonly tokens: readonly Token[];
  /** Whether the answer may have thoughts, and whether the prompt has opened one. */
  readonly thinking: 'none' | 'possible' | 'open';
  /** Texts that end the answer in this format. */
  readonly stop: readonly string[];
  /** Tokens or messages were left out. */
  readonly isCut: boolean;
  /** The end of the text that is left to token healing, so that the model goes on from inside a word or blank. */
  readonly held?: string;
}

/** A text that somebody wants, whoever's words the wish came in. */
export interface GenerationRequest {
  /** Callers take turns. */
  readonly caller: string;
  readonly role: ModelRole;
  readonly options: TextOptions;
  /**
   * Makes the prompt once the model is there.
   * @throws EngineError `promptTooLong`, or what is wrong with the wish
   */
  readonly prompt: (model: Model, contextTokens: number, means: PromptDeps) => TextPrompt;
}

/** A token that came or could have come, with the natural logarithm of its probability. */
export interface TokenLogprob {
  readonly text: string;
  readonly logprob: number;
}

export type TextPiece =
  | { readonly kind: 'prefill'; readonly done: number; readonly total: number }
  | {
      readonly kind: 'text' | 'thinking';
      readonly text: string;
      /** Of the tokens since the last piece: the chosen one and the likeliest. */
      readonly logprobs: readonly { readonly chosen: TokenLogprob; readonly top: readonly TokenLogprob[] }[];
    };

export interface TextResult {
  readonly model: string;
  readonly text: string;
  readonly thinking: string;
  /** `stop`: the model's own end, or a stop text. */
  readonly finish: 'stop' | 'length';
  /** The stop text that was met. */
  readonly stopText: string | undefined;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly isCut: boolean;
  readonly contextTokens: number;
  /** Milliseconds from the slot's beginning to the first token, and to the end. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
}
