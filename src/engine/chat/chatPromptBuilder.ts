import type { ChatMessage } from '../../protocol/chat.js';
import { firstTokens, type BoundedTokens } from '../decoding/boundedTokens.js';
import type { Model, Token } from '../model/model.js';
import {
  ChatTemplate,
  renderChatMl,
  renderTranscript,
  TRANSCRIPT_STOP,
  type PromptPart,
  type TemplateMessage,
} from './chatTemplate.js';
import { fitConversation, foldSystemMessage, normalizeConversation } from './conversation.js';
import { withoutControlTokens } from './toolMessages.js';

export type ChatFormat = 'template' | 'chatml' | 'transcript';

export interface ChatPrompt {
  readonly tokens: readonly Token[];
  /** Of the whole prompt; an estimate where it has far more than the context holds, and `tokens` only the beginning. */
  readonly totalTokens: number;
  readonly format: ChatFormat;
  /** The prompt itself ends inside an opened thought, so the answer begins with one. */
  readonly isThinkingOpen: boolean;
  /** A text that ends the answer, where the model's own end token can't be relied on. */
  readonly stop: string | undefined;
}

/** A conversation to be answered. */
export interface ChatPromptRequest {
  readonly messages: readonly TemplateMessage[];
  /** As in OpenAI's API. */
  readonly tools?: readonly unknown[] | undefined;
  /** `auto`: on, except on a CPU. */
  readonly thinking: 'auto' | 'on' | 'off';
  /** The oldest messages are left out until the prompt has at most this many tokens; `undefined` = all stay. */
  readonly maxTokens?: number | undefined;
  /** What the context holds: a longer prompt needn't be tokenized to its end. Default: no limit. */
  readonly contextTokens?: number | undefined;
}

export interface BuiltChatPrompt extends ChatPrompt {
  /** Whether the model is asked to think. */
  readonly thinking: boolean;
  /** Messages that were left out at the front. */
  readonly droppedMessages: number;
}

/** The model's chat template has no place for tools, or not for messages in this order. */
export class ToolsNotSupported extends Error {
  constructor() {
    super('the model’s chat template has no place for these tools or messages');
    this.name = 'ToolsNotSupported';
  }
}

type PromptModel = Pick<Model, 'tokenize' | 'bos' | 'bosText' | 'eosText' | 'chatTemplate' | 'device'>;

/** Builds the prompts of conversations in one model's own format. */
export class ChatPromptBuilder {
  private readonly template: ChatTemplate | undefined;
  private readonly hasChatMl: boolean;

  constructor(private readonly model: PromptModel) {
    this.template = readTemplate(model);
    this.hasChatMl = ['<|im_start|>', '<|im_end|>'].every((text) => model.tokenize(text, true).length === 1);
  }

  /**
   * The prompt of a conversation, cut to fit if asked. A conversation with tools is never cut.
   * @returns a prompt that is still too long when the last question alone is
   * @throws ToolsNotSupported
   */
  async build(request: ChatPromptRequest): Promise<BuiltChatPrompt> {
    const thinking = this.wantsThinking(request.thinking);
    const { contextTokens = Infinity } = request;
    if (hasTools(request))
      return { ...(await this.withTools(request, thinking)), thinking, droppedMessages: 0 };
    const messages = normalizeConversation(request.messages as readonly ChatMessage[]);
    if (request.maxTokens === undefined)
      return { ...(await this.write(messages, thinking, contextTokens)), thinking, droppedMessages: 0 };
    const { prompt, dropped } = await fitConversation(
      messages,
      request.maxTokens,
      (kept) => this.write(kept, thinking, contextTokens),
      async (text) => (await firstTokens(this.model, text, contextTokens)).total,
    );
    return { ...prompt, thinking, droppedMessages: dropped };
  }

  /** @param messages normalized; see `normalizeConversation` */
  write(messages: readonly ChatMessage[], thinking: boolean, contextTokens = Infinity): Promise<ChatPrompt> {
    return this.promptOf(this.render(messages, thinking), contextTokens);
  }

  /** On a CPU hundreds of tokens of thought are a minute of waiting: there the user has to ask for them. */
  private wantsThinking(thinking: ChatPromptRequest['thinking']): boolean {
    if (this.template?.supportsThinking !== true) return false;
    return thinking === 'auto' ? this.model.device.kind !== 'cpu' : thinking === 'on';
  }

  private async withTools(
    { messages, tools = [], contextTokens = Infinity }: ChatPromptRequest,
    thinking: boolean,
  ): Promise<ChatPrompt> {
    const plain = withoutControlTokens({ messages, tools });
    const parts =
      this.template?.supportsTools === true
        ? this.template.render(plain.messages, thinking, plain.tools)
        : undefined;
    if (parts === undefined) throw new ToolsNotSupported();
    return this.promptOf({ parts, format: 'template' }, contextTokens);
  }

  private async promptOf(
    { parts, format }: { readonly parts: readonly PromptPart[]; readonly format: ChatFormat },
    contextTokens: number,
  ): Promise<ChatPrompt> {
    const { tokens, total } = await this.tokens(parts, contextTokens);
    return {
      tokens,
      totalTokens: total,
      format,
      isThinkingOpen: /<think>\s*$/.test(parts.at(-1)?.text ?? ''),
      stop: format === 'transcript' ? TRANSCRIPT_STOP : undefined,
    };
  }

  /** The model's own template, with the system text in the first question if need be; else a fall-back format. */
  private render(
    messages: readonly ChatMessage[],
    thinking: boolean,
  ): { parts: readonly PromptPart[]; format: ChatFormat } {
    const parts =
      this.template?.render(messages, thinking) ??
      this.template?.render(foldSystemMessage(messages), thinking);
    if (parts !== undefined) return { parts, format: 'template' };
    return this.hasChatMl
      ? { parts: renderChatMl(messages), format: 'chatml' }
      : { parts: renderTranscript(messages), format: 'transcript' };
  }

  private async tokens(parts: readonly PromptPart[], contextTokens: number): Promise<BoundedTokens> {
    const all: Token[] = [];
    let total = 0;
    for (const { text, isTemplate } of parts) {
      if (text === '') continue;
      const part = await firstTokens(this.model, text, contextTokens, isTemplate);
      // What can't be used any more is only counted, roughly.
      if (all.length <= contextTokens) all.push(...part.tokens);
      total += part.total;
    }
    const { bos } = this.model;
    if (bos === undefined) return { tokens: all, total };
    // Templates that write the token themselves, and those that don't, come out with exactly one.
    const start = Math.max(
      0,
      all.findIndex((token) => token !== bos),
    );
    return { tokens: [bos, ...all.slice(start)], total: total + 1 - start };
  }
}

/** The builder of each model in use. */
export class ChatPromptBuilders {
  private readonly builders = new WeakMap<Model, ChatPromptBuilder>();

  of(model: Model): ChatPromptBuilder {
    let builder = this.builders.get(model);
    if (builder === undefined) {
      builder = new ChatPromptBuilder(model);
      this.builders.set(model, builder);
    }
    return builder;
  }
}

function readTemplate(model: PromptModel): ChatTemplate | undefined {
  if (model.chatTemplate === undefined) return undefined;
  try {
    return new ChatTemplate(model.chatTemplate, model);
  } catch {
    return undefined;
  }
}

function hasTools({ tools = [], messages }: ChatPromptRequest): boolean {
  return (
    tools.length > 0 || messages.some(({ role, tool_calls: calls }) => role === 'tool' || calls !== undefined)
  );
}
