import type { ModelRole } from '../../protocol/errors.js';
import type { OutputPiece, TokenLogprobs } from '../decoding/output/outputReader.js';
import type { Caller } from '../decoding/fairQueue.js';
import type { MakePrompt } from './requestPrompts.js';

/** How a text is generated; what is left out is the model family's own value. */
export interface GenerationOptions {
  /** Default: what the context leaves. With 0 the prompt is evaluated only. */
  readonly maxTokens?: number | undefined;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly minP?: number | undefined;
  readonly seed?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly repeatPenalty?: number | undefined;
  /** Sequences that end the text and are not part of it. */
  readonly stop?: readonly string[] | undefined;
  /** What the text must be, in llama.cpp's notation (GBNF). */
  readonly grammar?: string | undefined;
  /** Whether the prompt is a piece of the output too, with its probabilities if `logprobs` are asked for. */
  readonly echo?: boolean | undefined;
  /** How many of the likeliest tokens to report besides the chosen one; `undefined` = no probabilities. */
  readonly logprobs?: number | undefined;
  /** Milliseconds from the first token on. */
  readonly maxMs?: number | undefined;
}

/** A text to be generated, whichever API the request came by. */
export interface GenerationRequest {
  /** Callers take turns. */
  readonly caller: Caller;
  readonly role: ModelRole;
  readonly options: GenerationOptions;
  readonly prompt: MakePrompt;
}

/** Progress of a request, in this order: the prompt's prefill, the prompt if it is echoed, then the text. */
export type GenerationChunk = PrefillProgress | EchoedPrompt | OutputPiece;

export interface PrefillProgress {
  readonly kind: 'prefill';
  /** Tokens that have been evaluated, of those that the cache didn't hold. */
  readonly done: number;
  readonly total: number;
  readonly cached: number;
  readonly milliseconds: number;
}

export interface EchoedPrompt {
  readonly kind: 'prompt';
  readonly text: string;
  readonly logprobs: readonly TokenLogprobs[];
}

export interface GenerationEvents {
  /** The request got its slot. */
  readonly onStart: () => void;
  readonly onPiece: (piece: GenerationChunk) => void;
}

export interface GenerationResult {
  readonly model: string;
  readonly text: string;
  readonly thinking: string;
  /** `stop`: the model's own end, or a stop sequence. */
  readonly finish: 'stop' | 'length';
  /** The stop sequence that ended the text. */
  readonly stopSequence: string | undefined;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly isTruncated: boolean;
  readonly contextTokens: number;
  /** Milliseconds from when the request got its slot to the first token, and to the end. */
  readonly firstTokenMs: number;
  readonly totalMs: number;
}
