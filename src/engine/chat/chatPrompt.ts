import type { ChatMessage } from '../../protocol/chat.js';
import type { Model, Token } from '../model/model.js';
import { ChatTemplate, type TemplateMessage } from './chatTemplate.js';
import { foldSystem } from './conversation.js';
import { renderChatMl, renderTranscript, TRANSCRIPT_STOP } from './plainFormats.js';
import type { PromptPart } from './promptPart.js';

export type ChatFormat = 'template' | 'chatml' | 'transcript';

export interface ChatPrompt {
  readonly tokens: readonly Token[];
  readonly format: ChatFormat;
  /** The prompt itself ends inside an opened thought, so the answer begins with one. */
  readonly isThinkingOpen: boolean;
  /** A text that ends the answer, where the model's own end token can't be relied on. */
  readonly stop: string | undefined;
}

type PromptModel = Pick<Model, 'tokenize' | 'bos' | 'bosText' | 'eosText' | 'chatTemplate'>;

/** Writes conversations the way one model reads them. */
export class ChatPromptWriter {
  private readonly template: ChatTemplate | undefined;
  private readonly hasChatMl: boolean;

  constructor(private readonly model: PromptModel) {
    this.template = readTemplate(model);
    this.hasChatMl = ['<|im_start|>', '<|im_end|>'].every((text) => model.tokenize(text, true).length === 1);
  }

  get knowsThinking(): boolean {
    return this.template?.knowsThinking ?? false;
  }

  get knowsTools(): boolean {
    return this.template?.knowsTools ?? false;
  }

  /** @param messages normalised; see `normalise` */
  write(messages: readonly ChatMessage[], thinking: boolean): ChatPrompt {
    return this.promptOf(this.render(messages, thinking));
  }

  /**
   * A prompt with tools, for a model whose template knows them.
   * @returns `undefined` when the template refuses the conversation
   */
  writeWithTools(
    messages: readonly TemplateMessage[],
    tools: readonly unknown[],
    thinking: boolean,
  ): ChatPrompt | undefined {
    const parts = this.template?.render(messages, thinking, tools);
    return parts && this.promptOf({ parts, format: 'template' });
  }

  private promptOf({
    parts,
    format,
  }: {
    readonly parts: readonly PromptPart[];
    readonly format: ChatFormat;
  }): ChatPrompt {
    return {
      tokens: this.tokens(parts),
      format,
      isThinkingOpen: /<think>\s*$/.test(parts.at(-1)?.text ?? ''),
      stop: format === 'transcript' ? TRANSCRIPT_STOP : undefined,
    };
  }

  /** The model's own template, with the system text in the first question if need be; else what it may understand. */
  private render(
    messages: readonly ChatMessage[],
    thinking: boolean,
  ): { parts: readonly PromptPart[]; format: ChatFormat } {
    const parts =
      this.template?.render(messages, thinking) ?? this.template?.render(foldSystem(messages), thinking);
    if (parts !== undefined) return { parts, format: 'template' };
    return this.hasChatMl
      ? { parts: renderChatMl(messages), format: 'chatml' }
      : { parts: renderTranscript(messages), format: 'transcript' };
  }

  private tokens(parts: readonly PromptPart[]): Token[] {
    const tokens = parts.flatMap(({ text, isTemplate }) =>
      text === '' ? [] : this.model.tokenize(text, isTemplate),
    );
    const { bos } = this.model;
    if (bos === undefined) return tokens;
    // Templates that write the token themselves, and those that don't, come out with exactly one.
    const start = tokens.findIndex((token) => token !== bos);
    return [bos, ...tokens.slice(Math.max(0, start))];
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
