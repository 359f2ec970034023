import type { Caller } from '../decoding/fairQueue.js';
import type { GenerationRequest } from '../serving/generationRequest.js';
import { chatPrompt } from '../serving/requestPrompts.js';
import { invalidRequest } from './apiError.js';
import { forcedCall, formatFields, grammarOf, toolChoice, toolFields } from './schemas/answerFormat.js';
import { optionsOf, samplingFields } from './schemas/sampling.js';
import { unsupportedChatFields } from './schemas/unsupportedFields.js';
import { answerCount } from './severalTexts.js';
import type { TemplateMessage } from '../chat/chatTemplate.js';
import { z } from 'zod';

/**
 * A request of OpenAI's chat API as a generation request.
 * @throws ApiError
 */
export function chatRequest(body: ChatCompletionBody, caller: Caller): GenerationRequest {
  const messages = templateMessages(body.messages);
  const { tools } = toolChoice(body);
  const options = optionsOf({ ...body, max_tokens: body.max_completion_tokens ?? body.max_tokens });
  return {
    caller,
    role: 'chat',
    options: {
      ...options,
      grammar: forcedCall(body) ?? grammarOf(body),
      logprobs: body.logprobs === true ? (body.top_logprobs ?? 0) : undefined,
    },
    prompt: chatPrompt({
      messages,
      tools: tools.length === 0 ? undefined : tools,
      thinking: thinkingOf(body),
      truncate: body.truncate ?? false,
    }),
  };
}

function thinkingOf({ thinking, chat_template_kwargs: template }: ChatCompletionBody): 'auto' | 'on' | 'off' {
  if (thinking == null) return template?.enable_thinking === true ? 'on' : 'off';
  return typeof thinking === 'object' ? THINKING_TYPES[thinking.type] : thinking;
}

/** As Anthropic's API has them, and after it those of other models. */
const THINKING_TYPES = { enabled: 'on', disabled: 'off', adaptive: 'auto' } as const;

/**
 * The messages of OpenAI's API as templates know them.
 * @throws ApiError for parts that aren't text
 */
function templateMessages(messages: readonly ApiMessage[]): readonly TemplateMessage[] {
  return messages.map(
    ({ role, content, tool_calls: calls, function_call: oldCall, tool_call_id: id }, index) => {
      const all = calls ?? (oldCall == null ? [] : [{ type: 'function', function: oldCall }]);
      return {
        role: TEMPLATE_ROLES[role],
        content: textOf(content, `messages.${index}.content`),
        ...(all.length === 0 ? {} : { tool_calls: all }),
        ...(id == null ? {} : { tool_call_id: id }),
      };
    },
  );
}

const TEMPLATE_ROLES = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  // What a tool has said, in the API that "tools" took the place of.
  function: 'tool',
} as const;

/** Parts that a model which reads text can be given, and thoughts of an earlier answer, which it isn't. */
const TEXT_PARTS = ['text', 'input_text', 'output_text', 'refusal'];
const THOUGHT_PARTS = ['thinking', 'redacted_thinking', 'reasoning'];

function textOf(content: ApiMessage['content'], param: string): string {
  if (content == null) return '';
  if (typeof content === 'string') return content;
  return content
    .map(({ type, text, refusal }) => {
      if (THOUGHT_PARTS.includes(type)) return '';
      if (!TEXT_PARTS.includes(type))
        throw invalidRequest(
          `This model supports only text, but one part is "${type}".`,
          param,
          'unsupported_content',
        );
      return text ?? refusal ?? '';
    })
    .join('');
}

const part = z.object({ type: z.string(), text: z.string().nullish(), refusal: z.string().nullish() });

const calledFunction = z.object({
  name: z.string(),
  arguments: z
    .union([z.string(), z.record(z.string(), z.unknown())], {
      error: 'is an object, or its JSON as a string',
    })
    .nullish(),
});

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(part)], { error: 'is a string or a list of parts' }).nullish(),
  tool_calls: z
    .array(
      z.object({
        id: z.string().nullish(),
        type: z.literal('function').nullish(),
        function: calledFunction,
      }),
    )
    .nullish(),
  function_call: calledFunction.nullish(),
  tool_call_id: z.string().nullish(),
});

/** `POST /v1/chat/completions` */
export const chatCompletion = z.object({
  ...samplingFields,
  ...formatFields,
  ...toolFields,
  ...unsupportedChatFields,
  model: z
    .string()
    .nullish()
    .describe('any name; the loaded model answers, and the response contains its name'),
  messages: z.array(message).min(1, 'at least one message').max(2000),
  max_completion_tokens: samplingFields.max_tokens,
  n: answerCount.describe('answers to the messages'),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  return_progress: z
    .boolean()
    .nullish()
    .describe('with "stream", also send events with "prompt_progress" while the prompt is evaluated'),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  thinking: z
    .union(
      [z.enum(['auto', 'on', 'off']), z.looseObject({ type: z.enum(['enabled', 'disabled', 'adaptive']) })],
      {
        error: 'is "auto", "on", "off", or {"type": "enabled"}, {"type": "disabled"}, {"type": "adaptive"}',
      },
    )
    .nullish()
    .describe('whether the model thinks first, if it supports that; an object as in other providers’ APIs'),
  chat_template_kwargs: z
    .object({ enable_thinking: z.boolean().nullish() })
    .nullish()
    .describe('"enable_thinking" is read as "thinking" is'),
});

type ApiMessage = z.infer<typeof message>;
export type ChatCompletionBody = z.infer<typeof chatCompletion>;
