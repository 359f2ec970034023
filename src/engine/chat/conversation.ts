import type { ChatMessage } from '../../protocol/chat.js';

/**
 * A conversation as templates expect it: at most one system message, first; then user and assistant in turn,
 * beginning and ending with the user. Answers that never came leave two user messages in a row: they become one.
 */
export function normalise(messages: readonly ChatMessage[]): readonly ChatMessage[] {
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
export function foldSystem(messages: readonly ChatMessage[]): readonly ChatMessage[] {
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
