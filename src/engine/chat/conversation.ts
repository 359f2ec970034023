import type { ChatMessage } from '../../protocol/chat.js';

/**
 * A conversation as templates expect it: at most one system message, first; then user and assistant in turn,
 * beginning and ending with the user. Answers that never came leave two user messages in a row: they become one.
 */
export function normalizeConversation(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content.trim());
  const result: ChatMessage[] = [];
  for (const { role, content } of messages) {
    if (role === 'system') continue;
    const text = trimmed(role === 'assistant' ? withoutThoughts(content) : content);
    const last = result.at(-1);
    if (last?.role === role) result[result.length - 1] = { role, content: joined(last.content, text) };
    else if (last !== undefined || role === 'user') result.push({ role, content: text });
  }
  const instructions = system.filter((text) => text !== '').join('\n\n');
  return instructions === '' ? result : [{ role: 'system', content: instructions }, ...result];
}

/** For templates that don't know system messages: their text goes before the first question. */
export function foldSystemMessage(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const [system, first, ...rest] = messages;
  if (system?.role !== 'system' || first === undefined) return messages;
  return [{ role: first.role, content: joined(system.content, first.content) }, ...rest];
}

/** Older thoughts don't belong into the history; models were trained without them. */
function withoutThoughts(answer: string): string {
  return answer.replace(/^\s*<think>[^]*?(?:<\/think>|$)/, '');
}

/** Blank lines at the start and blanks at the end would melt with the template's own; indentation stays. */
function trimmed(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

function joined(first: string, second: string): string {
  return first === '' ? second : second === '' ? first : `${first}\n\n${second}`;
}

/** A conversation with more of them can't fit, so the tokens of what comes before needn't be counted. */
const MAX_CHARACTERS_PER_TOKEN = 16;

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
export async function fitConversation<P extends { readonly totalTokens: number }>(
  messages: readonly ChatMessage[],
  limit: number,
  write: (messages: readonly ChatMessage[]) => Promise<P>,
  count: (text: string) => Promise<number>,
): Promise<ConversationWindow<P>> {
  const head = messages[0]?.role === 'system' ? 1 : 0;
  /** Prompt without the `turns` oldest pairs of question and answer. */
  const without = async (turns: number): Promise<ConversationWindow<P>> => ({
    prompt: await write([...messages.slice(0, head), ...messages.slice(head + turns * 2)]),
    dropped: turns * 2,
  });
  const turns = Math.floor((messages.length - head - 1) / 2);
  let dropped = turnsBeyond(messages.slice(head), turns, limit * MAX_CHARACTERS_PER_TOKEN);
  const whole = await without(dropped);
  const excess = whole.prompt.totalTokens - limit;
  if (excess <= 0) return whole;

  const step = Math.max(1, Math.floor(limit / 4));
  const wanted = Math.ceil(excess / step) * step;
  for (let tokens = 0; tokens < wanted && dropped < turns; dropped++)
    for (const { content } of messages.slice(head + dropped * 2, head + dropped * 2 + 2))
      tokens += await count(content);
  let window = await without(dropped);
  while (window.prompt.totalTokens > limit && dropped < turns) window = await without(++dropped);
  return window;
}

/** How many of the oldest turns lie before the last `characters`. */
function turnsBeyond(messages: readonly ChatMessage[], turns: number, characters: number): number {
  let length = 0;
  for (let at = messages.length - 1; at >= 0; at--) {
    length += messages[at]?.content.length ?? 0;
    if (length > characters) return Math.min(turns, Math.ceil((at + 1) / 2));
  }
  return 0;
}
