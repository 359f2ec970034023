import { ProgressType, RequestType } from 'vscode-jsonrpc';
import type { EngineErrorData } from './errors.js';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatParams {
  /** The conversation so far; the last message is the user's. */
  readonly messages: readonly ChatMessage[];
  /** Token under which {@link ChatProgress} is sent (`$/progress`). */
  readonly progressToken: string | number;
  /** Maximum tokens of the answer; default: the rest of the context. */
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly seed?: number;
}

export type ChatProgress =
  /** Tokens of the prompt evaluated so far, of those that weren't in the KV cache. */
  | { readonly kind: 'prefill'; readonly done: number; readonly total: number }
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

export interface ChatResult {
  readonly finish: 'stop' | 'length';
  /** The whole answer, without its thoughts. */
  readonly text: string;
  readonly promptTokens: number;
  /** Prompt tokens found in the KV cache. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Tokens per second while decoding. */
  readonly tokensPerSecond: number;
  /** Earlier messages that were left out because the context is full. */
  readonly droppedMessages: number;
  /** Id of the model that answered. */
  readonly model: string;
}

export const ChatRequest = new RequestType<ChatParams, ChatResult, EngineErrorData>('youtu/chat');
export const ChatProgressType = new ProgressType<ChatProgress>();
