import type { ChatMessage } from '../../protocol/chat.js';

export interface ConversationWindow<P> {
  readonly prompt: P;
  /** Messages left out at the front. */
  readonly dropped: number;
}

/**
 * Cuts a conversation to `limit` tokens by leaving out the oldest questions with their answers; the system message
 * and the last question stay. It is cut in steps of a quarter of the limit, so that a conversation that has
 * outgrown the context keeps its first tokens, and with them the KV cache, for some questions.
 * @param messages normalised
 * @param write makes the prompt of the messages that stay
 * @param count tokens of a message's text
 * @returns the prompt; too long still when the last question alone is
 */
export function fitConversation<P extends { readonly tokens: readonly unknown[] }>(
  messages: readonly ChatMessage[],
  limit: number,
  write: (messages: readonly ChatMessage[]) => P,
  count: (text: string) => number,
): ConversationWindow<P> {
  const head = messages[0]?.role === 'system' ? 1 : 0;
  /** Prompt without the `turns` oldest pairs of question and answer. */
  const without = (turns: number): ConversationWindow<P> => ({
    prompt: write([...messages.slice(0, head), ...messages.slice(head + turns * 2)]),
    dropped: turns * 2,
  });
  const whole = without(0);
  const excess = whole.prompt.tokens.length - limit;
  if (excess <= 0) return whole;

  const step = Math.max(1, Math.floor(limit / 4));
  const wanted = Math.ceil(excess / step) * step;
  const turns = Math.floor((messages.length - head - 1) / 2);
  let dropped = 0;
  for (let tokens = 0; tokens < wanted && dropped < turns; dropped++)
    tokens += messages
      .slice(head + dropped * 2, head + dropped * 2 + 2)
      .reduce((sum, { content }) => sum + count(content), 0);
  let window = without(dropped);
  while (window.prompt.tokens.length > limit && dropped < turns) window = without(++dropped);
  return window;
}
