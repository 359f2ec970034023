import type { OutputGrammar } from '../model/model.js';
import type { GenerationRequest } from '../serving/generationRequest.js';
import { chatPrompt } from '../serving/requestPrompts.js';
import { invalidRequest } from './apiError.js';
import { templateMessages } from './apiMessages.js';
import type { ChatCompletionBody } from './schemas/chatCompletion.js';
import { grammarOf, optionsOf } from './schemas/sampling.js';

/**
 * A request of OpenAI's chat API as a generation request.
 * @throws ApiError
 */
export function chatRequest(body: ChatCompletionBody, caller: string): GenerationRequest {
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
