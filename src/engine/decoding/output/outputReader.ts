import { thinkTagTexts, ThinkingSplitter, type AnswerPiece } from './thinkingSplitter.js';
import type { Healer } from '../tokenHealing.js';
import { TextStream } from './textStream.js';
import type { Model, Token, TokenOption } from '../../model/model.js';
import { StopSequences } from './stopSequences.js';

/** A candidate token with the natural logarithm of its probability. */
export interface TokenLogprob {
  /** Perhaps a part of a character. */
  readonly bytes: Uint8Array;
  /** `undefined` for a prompt's first token: nothing comes before it. */
  readonly logprob: number | undefined;
}

/** The chosen token and the likeliest. */
export interface TokenLogprobs {
  readonly chosen: TokenLogprob;
  readonly top: readonly TokenLogprob[];
}

export interface OutputPiece {
  readonly kind: 'text' | 'thinking';
  readonly text: string;
  /** Of the tokens since the last piece; empty unless asked for. */
  readonly logprobs: readonly TokenLogprobs[];
}

/** Whether an answer may have thoughts, and whether the prompt has opened one. */
export type ThinkingMode = 'none' | 'possible' | 'open';

/** Turns tokens into text: whole characters, thoughts apart from the answer, ended at stop sequences. */
export class OutputReader {
  private readonly stream: TextStream;
  private readonly stops: StopSequences;
  private readonly splitter: ThinkingSplitter | undefined;
  private readonly tagTexts: ReadonlyMap<Token, string>;
  private logprobs: TokenLogprobs[] = [];
  /** Tokens that only spell the text which token healing repeats. */
  healedTokens = 0;
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
  options(options: readonly TokenOption[]): void {
    const known = tokenLogprobs(this.model, options);
    const { pending = '' } = this.healer ?? {};
    const each = known === undefined || pending === '' ? known : beyond(known, Buffer.from(pending));
    if (each !== undefined) this.logprobs.push(each);
  }

  push(token: Token): readonly OutputPiece[] {
    const tag = this.tagTexts.get(token);
    const text = tag === undefined ? this.stream.push(token) : this.stream.flush() + tag;
    const isHealing = this.healer !== undefined && this.healer.pending !== '';
    const written = this.healer?.accept(text) ?? text;
    if (isHealing && written === '') this.healedTokens++;
    const pieces = this.pieces(this.stops.push(written));
    // Tokens of tags and thoughts are none of the answer's.
    if (this.splitter?.isInText === false) this.logprobs = [];
    return pieces;
  }

  flush(): readonly OutputPiece[] {
    const rest = this.stops.push(this.stream.flush()) + this.stops.flush();
    return [...this.pieces(rest), ...this.toPieces(this.splitter?.flush() ?? [])];
  }

  /** Probabilities of tokens that have no text, such as control tokens. */
  takeLogprobs(): readonly TokenLogprobs[] {
    const { logprobs } = this;
    this.logprobs = [];
    return this.stopSequence === undefined ? logprobs : [];
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
}

/** A token and those that could have been in its place. */
export function tokenLogprobs(
  model: Pick<Model, 'bytesOf'>,
  [chosen, ...top]: readonly TokenOption[],
): TokenLogprobs | undefined {
  const logprobOf = ({ token, probability }: TokenOption): TokenLogprob => ({
    bytes: model.bytesOf(token),
    // JSON has no minus infinity; OpenAI's API says -9999 for what is as good as impossible.
    logprob: probability > 0 ? Math.log(probability) : -9999,
  });
  return chosen === undefined ? undefined : { chosen: logprobOf(chosen), top: top.map(logprobOf) };
}

/** What tokens are beyond a text that they repeat; `undefined` where the chosen one only repeats it. */
function beyond({ chosen, top }: TokenLogprobs, repeated: Buffer): TokenLogprobs | undefined {
  const cut = ({ bytes, logprob }: TokenLogprob): TokenLogprob | undefined => {
    const isBeyond = bytes.length > repeated.length && repeated.equals(bytes.subarray(0, repeated.length));
    return isBeyond ? { bytes: bytes.subarray(repeated.length), logprob } : undefined;
  };
  const rest = cut(chosen);
  if (rest === undefined) return undefined;
  return { chosen: rest, top: top.map(cut).filter((each) => each !== undefined) };
}
