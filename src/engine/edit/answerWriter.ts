import type { ChatMessage } from '../../protocol/chat.js';
import { ChatPromptBuilder } from '../chat/chatPromptBuilder.js';
import { firstTokens } from '../decoding/boundedTokens.js';
import { newStats, type DecodeStats } from '../decoding/decodeRun.js';
import type { Decoder } from '../decoding/decoder.js';
import { TextStream } from '../decoding/output/textStream.js';
import type { Model, ModelContext, Sampling, Token } from '../model/model.js';

/** What the model is asked, and how its answer begins: with code, so that it doesn't begin with a sentence. */
export interface EditPrompt {
  readonly messages: readonly ChatMessage[];
  readonly answerStart: string;
}

/** For another answer than the greedy one. */
export const RETRY_SAMPLING: Sampling = { temperature: 0.7, topP: 0.9, topK: 40 };

export interface WritePlan {
  readonly prompt: readonly Token[];
  readonly maxTokens: number;
  readonly sampling: Sampling;
  /** Whether most of the answer repeats the prompt. */
  readonly repeatsPrompt?: boolean;
}

export interface WrittenAnswer {
  readonly text: string;
  /** False when it was cut off at `maxTokens`. */
  readonly isFinished: boolean;
}

/** Has one model answer the prompts of one edit, and counts what that costs. */
export class AnswerWriter {
  readonly stats: DecodeStats[] = [];
  private readonly prompts: ChatPromptBuilder;
  /** A text that ends the answer, for models without a format of their own. */
  private stop: string | undefined;

  constructor(
    private readonly decoder: Decoder,
    readonly model: Model,
    private readonly context: ModelContext,
    readonly signal: AbortSignal,
  ) {
    this.prompts = new ChatPromptBuilder(model);
  }

  get contextTokens(): number {
    return this.context.contextTokens;
  }

  /** The prompt's tokens, including the beginning of the answer. */
  async tokens({ messages, answerStart }: EditPrompt): Promise<readonly Token[]> {
    const { tokens, isThinkingOpen, stop } = await this.prompts.write(messages, false);
    this.stop = stop;
    return [
      ...tokens,
      ...(isThinkingOpen ? this.model.tokenize('\n</think>\n\n', true) : []),
      ...this.model.tokenize(answerStart, false),
    ];
  }

  async count(text: string): Promise<number> {
    return (await firstTokens(this.model, text, Infinity)).total;
  }

  /**
   * Writes until the model ends, `maxTokens` are reached, or `onText` returns true. It is called with the answer so far
   * whenever a line is complete.
   * @throws the signal's reason when aborted
   */
  async write(plan: WritePlan, onText: (text: string) => boolean): Promise<WrittenAnswer> {
    const stats = newStats();
    this.stats.push(stats);
    const stream = new TextStream(this.model);
    let text = '';
    const { signal } = this;
    const { prompt, ...wanted } = plan;
    const options = { kind: 'fix', signal, ...wanted } as const;
    for await (const token of this.decoder.decode(this.context, prompt, options, stats)) {
      const piece = stream.push(token);
      text += piece;
      const end = this.stop === undefined ? -1 : text.indexOf(this.stop);
      if (end >= 0) return { text: text.slice(0, end), isFinished: true };
      if (piece.includes('\n') && onText(text)) return { text, isFinished: true };
    }
    text += stream.flush();
    return { text, isFinished: stats.finish === 'stop' };
  }
}
