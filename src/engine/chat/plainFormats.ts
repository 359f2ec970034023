import type { ChatMessage } from '../../protocol/chat.js';
import type { PromptPart } from './promptPart.js';

const template = (text: string): PromptPart => ({ text, isTemplate: true });
const content = (text: string): PromptPart => ({ text, isTemplate: false });

/** What most models know besides their own format. */
export function renderChatMl(messages: readonly ChatMessage[]): readonly PromptPart[] {
  return [
    ...messages.flatMap((message) => [
      template(`<|im_start|>${message.role}\n`),
      content(message.content),
      template('<|im_end|>\n'),
    ]),
    template('<|im_start|>assistant\n'),
  ];
}

/** For models that were never taught to chat: a transcript that they continue. */
export function renderTranscript(messages: readonly ChatMessage[]): readonly PromptPart[] {
  return [
    ...messages.flatMap(({ role, content: text }) => [
      template(role === 'system' ? '' : role === 'user' ? 'User: ' : 'Assistant: '),
      content(text),
      template('\n\n'),
    ]),
    template('Assistant:'),
  ];
}

/** Where a transcript's answer ends: the model would go on with the user's next question. */
export const TRANSCRIPT_STOP = '\nUser:';
