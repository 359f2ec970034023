import type { Caller } from '../decoding/fairQueue.js';
import type { OutputGrammar } from '../model/model.js';
import type { GenerationRequest } from '../serving/generationRequest.js';
import { chatPrompt } from '../serving/requestPrompts.js';
import { invalidRequest } from './apiError.js';
import { grammarOf, optionsOf, responseFormat, samplingFields } from './schemas/sampling.js';
import type { TemplateMessage } from '../chat/chatTemplate.js';
import { z } from 'zod';

/**
 * A request of OpenAI's chat API as a generation request.
 * @throws ApiError
 */
export function chatRequest(body: ChatCompletionBody, caller: Caller): GenerationRequest {
  const messages = templateMessages(body.messages);
  const tools = body.tool_choice === 'none' ? undefined : (body.tools ?? undefined);
  const options = optionsOf({ ...body, max_tokens: body.max_completion_tokens ?? body.max_tokens });
  return {
    caller,
    role: 'chat',
    options: {
      ...options,
      grammar: forcedCall(body) ?? grammarOf(body.response_format),
      logprobs: body.logprobs === true ? (body.top_logprobs ?? 0) : undefined,
    },
    prompt: chatPrompt({
      messages,
      tools,
      thinking: body.thinking ?? 'off',
      truncate: body.truncate ?? false,
    }),
  };
}

/** Names that the answer may call. */
export function toolNames({ tools, tool_choice: choice }: ChatCompletionBody): readonly string[] {
  return choice === 'none' ? [] : (tools ?? []).map((tool) => tool.function.name);
}

/** Where a call must come, the answer is nothing else: an object with a known name and what its schema allows. */
function forcedCall({ tools, tool_choice: choice }: ChatCompletionBody): OutputGrammar | undefined {
  if (choice == null || choice === 'none' || choice === 'auto') return undefined;
  const wanted = (tools ?? []).filter(
    (tool) => choice === 'required' || tool.function.name === choice.function.name,
  );
  if (wanted.length === 0)
    throw invalidRequest('"tool_choice" asks for a tool that is not among "tools".', 'tool_choice');
  const calls = wanted.map(({ function: { name, parameters } }) => ({
    type: 'object',
    properties: { name: { const: name }, arguments: parameters ?? { type: 'object', properties: {} } },
  }));
  const [only] = calls;
  return { kind: 'schema', schema: calls.length === 1 && only !== undefined ? only : { oneOf: calls } };
}

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
          `This model supports only text, but one part is "${type}".`,
          param,
          'unsupported_content',
        );
      return text ?? '';
    })
    .join('');
}

const part = z.object({ type: z.string(), text: z.string().optional() });
const content = z.union([z.string(), z.array(part)]).nullish();

export const toolCall = z.object({
  id: z.string().optional(),
  type: z.literal('function').optional(),
  function: z.object({ name: z.string(), arguments: z.string().optional() }),
});

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content,
  tool_calls: z.array(toolCall).nullish(),
  tool_call_id: z.string().nullish(),
});

export const tool = z.object({
  type: z.literal('function'),
  function: z.object({
    name: z.string().regex(/^[\w.-]{1,64}$/, 'letters, digits, "_", "-" and ".", 64 at most'),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** `POST /v1/chat/completions` */
export const chatCompletion = z.object({
  ...samplingFields,
  model: z
    .string()
    .nullish()
    .describe('any name; the loaded model answers, and the response contains its name'),
  messages: z.array(message).min(1, 'at least one message').max(2000),
  max_completion_tokens: samplingFields.max_tokens,
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, { error: 'only 1 answer at a time' }).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.number().int().min(0).max(20).nullish(),
  response_format: responseFormat,
  tools: z.array(tool).max(128).nullish(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
    ])
    .nullish(),
  thinking: z
    .enum(['auto', 'on', 'off'])
    .nullish()
    .describe('whether the model thinks first, if it supports that'),
});

export type ChatCompletionBody = z.infer<typeof chatCompletion>;
export type ApiMessage = ChatCompletionBody['messages'][number];
