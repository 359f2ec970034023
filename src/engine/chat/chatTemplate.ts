import { Template } from '@huggingface/jinja';
import type { ChatMessage } from '../../protocol/chat.js';

/**
 * A piece of a rendered prompt. Only the template's own text may become control tokens; messages and the model's
 * earlier answers are tokenized as plain text.
 */
export interface PromptPart {
  readonly text: string;
  readonly isTemplate: boolean;
}

/** Placeholders of private-use characters: no template looks for them, and they survive trimming and splitting. */
const mark = (index: number): string => `\u{E010}${index}\u{E011}`;
const MARKS = /\u{E010}(\d+)\u{E011}/u;

export interface TemplateTexts {
  readonly bosText: string;
  readonly eosText: string;
}

/** A message as templates know it: besides a chat's own there are calls of tools, and what tools have said. */
export interface TemplateMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** Named as templates have it. */
  readonly tool_calls?: readonly unknown[];
  readonly tool_call_id?: string;
}

/** A GGUF's own chat template (Jinja). */
export class ChatTemplate {
  private readonly template: Template;
  /** Whether it can think, as far as its text tells. */
  readonly supportsThinking: boolean;
  /** Whether it can be given tools. */
  readonly supportsTools: boolean;

  /** @throws when the template isn't one that the interpreter can read */
  constructor(
    source: string,
    private readonly texts: TemplateTexts,
  ) {
    this.template = new Template(source);
    this.supportsTools = /\btools\b/.test(source) && source.includes('tool_calls');
    this.supportsThinking = source.includes('enable_thinking') || source.includes('<think>');
  }

  /**
   * Renders a conversation up to where the answer begins. The template sees marks in place of the contents, so that
   * its own text and the contents stay apart.
   * @returns `undefined` when the template refuses the conversation, or loses, doubles or reorders a message
   */
  render(
    messages: readonly TemplateMessage[],
    thinking: boolean,
    tools?: readonly unknown[],
  ): readonly PromptPart[] | undefined {
    // A call of a tool mostly comes without a text, which a template may ask for.
    const isMarked = ({ content, tool_calls: calls }: TemplateMessage): boolean =>
      calls === undefined || content !== '';
    let text: string;
    try {
      text = this.template.render({
        messages: messages.map((message, index) => ({
          ...message,
          content: isMarked(message) ? mark(index) : '',
        })),
        ...(tools === undefined ? {} : { tools }),
        add_generation_prompt: true,
        enable_thinking: thinking,
        bos_token: this.texts.bosText,
        eos_token: this.texts.eosText,
      });
    } catch {
      return undefined;
    }
    // Odd elements are the marks' numbers.
    const pieces = text.split(MARKS);
    const order = pieces.filter((_, index) => index % 2 === 1).map(Number);
    const wanted = [...messages.keys()].filter((index) => messages[index] && isMarked(messages[index]));
    if (order.length !== wanted.length || order.some((index, place) => index !== wanted[place]))
      return undefined;
    return pieces.map((piece, index) =>
      index % 2 === 1
        ? { text: messages[Number(piece)]?.content ?? '', isTemplate: false }
        : { text: piece, isTemplate: true },
    );
  }
}

const templatePart = (text: string): PromptPart => ({ text, isTemplate: true });
const contentPart = (text: string): PromptPart => ({ text, isTemplate: false });

/** The fall-back that most instruct models have seen: ChatML. */
export function renderChatMl(messages: readonly ChatMessage[]): readonly PromptPart[] {
  return [
    ...messages.flatMap((message) => [
      templatePart(`<|im_start|>${message.role}\n`),
      contentPart(message.content),
      templatePart('<|im_end|>\n'),
    ]),
    templatePart('<|im_start|>assistant\n'),
  ];
}

/** For base models: a transcript that they continue. */
export function renderTranscript(messages: readonly ChatMessage[]): readonly PromptPart[] {
  return [
    ...messages.flatMap(({ role, content: text }) => [
      templatePart(role === 'system' ? '' : role === 'user' ? 'User: ' : 'Assistant: '),
      contentPart(text),
      templatePart('\n\n'),
    ]),
    templatePart('Assistant:'),
  ];
}

/** Ends a transcript's answer: the model would continue with the user's next question. */
export const TRANSCRIPT_STOP = '\nUser:';
