import { thinkTagTexts, ThinkingSplitter, type AnswerPiece } from './thinkingSplitter.js';
import type { Healer } from '../tokenHealing.js';
import { TextStream } from './textStream.js';
import type { Model, Token, TokenOption } from '../../model/model.js';
import { StopSequences } from './stopSequences.js';

/** A candidate token with the natural logarithm of its probability. */
export interface TokenLogprob {
  readonly text: string;
  readonly logprob: number;
}

export interface OutputPiece {
  readonly kind: 'text' | 'thinking';
  readonly text: string;
  /** Of the tokens since the last piece: the chosen one and the likeliest; empty unless asked for. */
  readonly logprobs: readonly { readonly chosen: TokenLogprob; readonly top: readonly TokenLogprob[] }[];
}

/** Whether an answer may have thoughts, and whether the prompt has opened one. */
export type ThinkingMode = 'none' | 'possible' | 'open';

/** Turns tokens into text: whole characters, thoughts apart from the answer, ended at stop sequences. */
export class OutputReader {
  private readonly stream: TextStream;
  private readonly stops: StopSequences;
  private readonly splitter: ThinkingSplitter | undefined;
  private readonly tagTexts: ReadonlyMap<Token, string>;
  private logprobs: OutputPiece['logprobs'][number][] = [];
  text = '';
  thinking = '';

  constructor(
    private readonly model: Model,
    thinking: ThinkingMode,
    stop: readonly string[],
    /** Removes the text that token healing repeats. */
    private readonly healer?: Healer,
  ) {
    this.stream = new TextStream(model);
    this.stops = new StopSequences(stop);
    this.splitter = thinking === 'none' ? undefined : new ThinkingSplitter(thinking === 'open');
    this.tagTexts = this.splitter === undefined ? new Map() : thinkTagTexts(model);
  }

  get stopSequence(): string | undefined {
    return this.stops.reached;
  }

  /** Takes the candidates that the next token was chosen from, the chosen one first. */
  options([chosen, ...top]: readonly TokenOption[]): void {
    if (chosen === undefined) return;
    this.logprobs.push({ chosen: this.logprob(chosen), top: top.map((each) => this.logprob(each)) });
  }

  push(token: Token): readonly OutputPiece[] {
    const tag = this.tagTexts.get(token);
    const text = tag === undefined ? this.stream.push(token) : this.stream.flush() + tag;
    return this.pieces(this.stops.push(this.healer?.accept(text) ?? text));
  }

  flush(): readonly OutputPiece[] {
    const rest = this.stops.push(this.stream.flush()) + this.stops.flush();
    return [...this.pieces(rest), ...this.toPieces(this.splitter?.flush() ?? [])];
  }

  private pieces(text: string): readonly OutputPiece[] {
    if (text === '') return [];
    return this.toPieces(this.splitter?.push(text) ?? [{ kind: 'text', text }]);
  }

  private toPieces(pieces: readonly AnswerPiece[]): readonly OutputPiece[] {
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
