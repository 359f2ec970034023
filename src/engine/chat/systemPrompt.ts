import type { ChatMessage } from '../../protocol/chat.js';

/** Short: a small model follows few instructions, and each token of it is evaluated before the first answer. */
const DEFAULT_SYSTEM_PROMPT =
  'You are Youtu Code, a coding assistant inside a code editor. Answer in the language of the question. ' +
  'Be brief and concrete. Put code into fenced code blocks that name their language. ' +
  'If you are not sure, say so.';

/** Puts the system prompt in front, unless the conversation has one of its own. */
export function withSystemPrompt(messages: readonly ChatMessage[], setting: string): readonly ChatMessage[] {
  if (messages.some(({ role }) => role === 'system')) return messages;
  const content = setting.trim() === '' ? DEFAULT_SYSTEM_PROMPT : setting.trim();
  return [{ role: 'system', content }, ...messages];
}
