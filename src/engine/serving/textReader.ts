import { ThinkingSplitter, type AnswerPiece } from '../chat/thinkingSplitter.js';
import { thinkMarks } from '../chat/thinkMarks.js';
import type { Healer } from '../decoding/tokenHealing.js';
import { TextStream } from '../decoding/textStream.js';
import type { Model, Token, TokenOption } from '../model/model.js';
import { StopTexts } from './stopTexts.js';
import type { TextPiece, TextPrompt, TokenLogprob } from './generationRequest.js';

type Written = Extract<TextPiece, { kind: 'text' | 'thinking' }>;

/** Reads a text out of tokens: characters made whole, thoughts told from text, ended where it ends. */
export class TextReader {
  private readonly stream: TextStream;
  private readonly stops: StopTexts;
  private readonly splitter: ThinkingSplitter | undefined;
  private readonly marks: ReadonlyMap<Token, string>;
  private logprobs: Written['logprobs'][number][] = [];
  text = '';
  thinking = '';

  constructor(
    private readonly model: Model,
    thinking: TextPrompt['thinking'],
    stop: readonly string[],
    /** Takes the text away that the prompt's end has already. */
    private readonly healer?: Healer,
  ) {
    this.stream = new TextStream(model);
    this.stops = new StopTexts(stop);
    this.splitter = thinking === 'none' ? undefined : new ThinkingSplitter(thinking === 'open');
    this.marks = this.splitter === undefined ? new Map() : thinkMarks(model);
  }

  get stopText(): string | undefined {
    return this.stops.reached;
  }

  /** Hears of the tokens that the next one was chosen from. */
  options([chosen, ...top]: readonly TokenOption[]): void {
    if (chosen === undefined) return;
    this.logprobs.push({ chosen: this.logprob(chosen), top: top.map((each) => this.logprob(each)) });
  }

  push(token: Token): readonly Written[] {
    const mark = this.marks.get(token);
    const text = mark === undefined ? this.stream.push(token) : this.stream.flush() + mark;
    return this.pieces(this.stops.push(this.healer?.accept(text) ?? text));
  }

  flush(): readonly Written[] {
    const rest = this.stops.push(this.stream.flush()) + this.stops.flush();
    return [...this.pieces(rest), ...this.written(this.splitter?.flush() ?? [])];
  }

  private pieces(text: string): readonly Written[] {
    if (text === '') return [];
    return this.written(this.splitter?.push(text) ?? [{ kind: 'text', text }]);
  }

  private written(pieces: readonly AnswerPiece[]): readonly Written[] {
    return pieces.map(({ kind, text }) => {
      this[kind] += text;
      const { logprobs } = this;
      this.logprobs = [];
      return { kind, text, logprobs };
    });
  }

  private logprob({ token, probability }: TokenOption): TokenLogprob {
    // JSON has no minus infinity; OpenAI's API says -9999 for what is as good as impossible.
    const logprob = probability > 0 ? Math.log(probability) : -9999;
    return { text: this.model.detokenize([token]), logprob };
  }
}
