import { list, number, record, text } from '../../../protocol/shape.js';

/** One event of a streamed chat completion. */
export interface ChatChunk {
  readonly model?: string;
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | null; readonly reasoning_content?: string | null };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { readonly completion_tokens: number } | null;
  /** Tokens of the prompt that have been read. */
  readonly prefill?: { readonly done: number; readonly total: number };
  /** The server failed in the middle. */
  readonly error?: { readonly message: string };
}

const orNull =
  (check: typeof text): typeof text =>
  (value) =>
    value === null || check(value);

const choice = record(
  {},
  {
    delta: record({}, { content: orNull(text), reasoning_content: orNull(text) }),
    finish_reason: orNull(text),
  },
);
const shape = record(
  {},
  {
    model: text,
    choices: list(choice),
    usage: orNull(record({ completion_tokens: number })),
    prefill: record({ done: number, total: number }),
    error: record({ message: text }),
  },
);

/** @returns `undefined` for what isn't a chunk */
export function readChatChunk(data: string): ChatChunk | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined;
  }
  return shape(value) ? (value as ChatChunk) : undefined;
}
