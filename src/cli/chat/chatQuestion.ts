import type { ChatMessage, ChatParams } from '../../protocol/chat.js';

/** What is set for all questions of a command. */
export interface ChatWishes {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly system?: string;
}

/** The question with what was piped in behind it; `undefined` when there is neither. */
export function questionText(prompt: string | undefined, piped: string | undefined): string | undefined {
  const parts = [prompt, piped].filter((part) => part !== undefined && part.trim() !== '');
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

/** A conversation as the chat service takes it. */
export function chatParams(
  messages: readonly ChatMessage[],
  { maxTokens, temperature, system }: ChatWishes,
): ChatParams {
  return {
    messages: [...(system === undefined ? [] : [{ role: 'system' as const, content: system }]), ...messages],
    // Nobody listens over a connection: progress comes by a function.
    progressToken: 'terminal',
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
  };
}
