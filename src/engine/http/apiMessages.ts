import type { TemplateMessage } from '../chat/chatTemplate.js';
import { invalidRequest } from './apiError.js';
import type { ApiMessage } from './schemas/chatCompletion.js';

/**
 * The messages of OpenAI's API as templates know them.
 * @throws ApiError for parts that aren't text
 */
export function templateMessages(messages: readonly ApiMessage[]): readonly TemplateMessage[] {
  return messages.map(({ role, content, tool_calls: calls, tool_call_id: call }, index) => ({
    role: role === 'developer' ? 'system' : role,
    content: textOf(content, `messages.${index}.content`),
    ...(calls == null || calls.length === 0 ? {} : { tool_calls: calls }),
    ...(call == null ? {} : { tool_call_id: call }),
  }));
}

function textOf(content: ApiMessage['content'], param: string): string {
  if (content == null) return '';
  if (typeof content === 'string') return content;
  return content
    .map(({ type, text }) => {
      if (type !== 'text' && type !== 'input_text' && type !== 'refusal')
        throw invalidRequest(
          `This model reads text only, and one part is "${type}".`,
          param,
          'unsupported_content',
        );
      return text ?? '';
    })
    .join('');
}
