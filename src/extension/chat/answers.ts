import type { ChatMessage, ChatProgress, ChatResult } from '../../protocol/chat.js';
import type { FailureText } from '../failureText.js';

export type AnswerOutcome =
  | { readonly kind: 'finished'; readonly result: ChatResult }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: FailureText };

/** Where answers come from. */
export interface Answers {
  /** Never rejects: a failure is an outcome, told in words. Settles soon after `signal` is aborted. */
  answer(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    onProgress: (progress: ChatProgress) => void,
  ): Promise<AnswerOutcome>;
}
