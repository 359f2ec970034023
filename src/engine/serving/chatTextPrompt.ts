import type { ChatPrompt, ChatPromptWriter } from '../chat/chatPrompt.js';
import type { TemplateMessage } from '../chat/chatTemplate.js';
import { normalise } from '../chat/conversation.js';
import { fitConversation } from '../chat/conversationWindow.js';
import { EngineError, EngineErrorCode } from '../../protocol/errors.js';
import type { ChatMessage } from '../../protocol/chat.js';
import type { Model } from '../model/model.js';
import { plainTools } from './plainTools.js';
import { UnknownTools } from './unknownTools.js';
import type { TextPrompt } from './generationRequest.js';

export interface ChatInput {
  readonly messages: readonly TemplateMessage[];
  /** As OpenAI's API has them. */
  readonly tools?: readonly unknown[] | undefined;
  readonly thinking: 'auto' | 'on' | 'off';
  /** Whether the oldest messages are left out where there are too many for the context; otherwise that is an error. */
  readonly mayCut: boolean;
}

/** Room that is kept for an answer, of the context. */
const ANSWER_SHARE = 1 / 8;

/**
 * The prompt of a conversation in the model's own format.
 * @throws EngineError `promptTooLong`; UnknownTools
 */
export function chatTextPrompt(
  model: Model,
  contextTokens: number,
  writer: ChatPromptWriter,
  wish: ChatInput,
): TextPrompt {
  const thinking = writer.knowsThinking && wantsThinking(wish.thinking, model);
  const { prompt, isCut } = hasTools(wish)
    ? { prompt: withTools(writer, wish, thinking), isCut: false }
    : plainChat(writer, model, contextTokens, wish, thinking);
  if (prompt.tokens.length >= contextTokens) throw tooLong(prompt.tokens.length, contextTokens);
  return {
    tokens: prompt.tokens,
    thinking: prompt.isThinkingOpen ? 'open' : 'possible',
    stop: prompt.stop === undefined ? [] : [prompt.stop],
    isCut,
  };
}

export function tooLong(promptTokens: number, contextTokens: number): EngineError {
  return new EngineError(EngineErrorCode.promptTooLong, {
    kind: 'promptTooLong',
    promptTokens,
    contextTokens,
  });
}

/** On a CPU hundreds of tokens of thought are a minute of waiting: there a caller has to ask for them. */
function wantsThinking(wish: ChatInput['thinking'], model: Model): boolean {
  return wish === 'auto' ? model.device.kind !== 'cpu' : wish === 'on';
}

function hasTools({ tools = [], messages }: ChatInput): boolean {
  return (
    tools.length > 0 || messages.some(({ role, tool_calls: calls }) => role === 'tool' || calls !== undefined)
  );
}

function withTools(
  writer: ChatPromptWriter,
  { messages, tools = [] }: ChatInput,
  thinking: boolean,
): ChatPrompt {
  const plain = plainTools({ messages, tools });
  const prompt = writer.knowsTools ? writer.writeWithTools(plain.messages, plain.tools, thinking) : undefined;
  if (prompt === undefined) throw new UnknownTools();
  return prompt;
}

function plainChat(
  writer: ChatPromptWriter,
  model: Model,
  contextTokens: number,
  { messages, mayCut }: ChatInput,
  thinking: boolean,
): { readonly prompt: ChatPrompt; readonly isCut: boolean } {
  const chat = normalise(messages as readonly ChatMessage[]);
  if (!mayCut) return { prompt: writer.write(chat, thinking), isCut: false };
  const { prompt, dropped } = fitConversation(
    chat,
    Math.floor(contextTokens * (1 - ANSWER_SHARE)),
    (kept) => writer.write(kept, thinking),
    (text) => model.tokenize(text, false).length,
  );
  return { prompt, isCut: dropped > 0 };
}
