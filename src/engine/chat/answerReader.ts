import { TextStream } from '../decoding/textStream.js';
import type { Model, Token } from '../model/model.js';
import type { ChatPrompt } from './chatPrompt.js';
import { StopText } from './stopText.js';
import { ThinkingSplitter, type AnswerPiece } from './thinkingSplitter.js';
import { thinkMarks } from './thinkMarks.js';

/** Reads an answer out of tokens: characters made whole, thoughts told from text, ended where it ends. */
export class AnswerReader {
  private readonly stream: TextStream;
  private readonly stop: StopText;
  private readonly splitter: ThinkingSplitter;
  private readonly marks: ReadonlyMap<Token, string>;
  private answer = '';

  constructor(model: Model, prompt: Pick<ChatPrompt, 'isThinkingOpen' | 'stop'>) {
    this.stream = new TextStream(model);
    this.stop = new StopText(prompt.stop);
    this.splitter = new ThinkingSplitter(prompt.isThinkingOpen);
    this.marks = thinkMarks(model);
  }

  /** The whole answer so far, without thoughts. */
  get text(): string {
    return this.answer;
  }

  /** Whether the answer has ended though the model would go on. */
  get isEnded(): boolean {
    return this.stop.isReached;
  }

  push(token: Token): readonly AnswerPiece[] {
    const mark = this.marks.get(token);
    return this.split(mark === undefined ? this.stream.push(token) : this.stream.flush() + mark);
  }

  flush(): readonly AnswerPiece[] {
    const pieces = [
      ...this.splitter.push(this.stop.push(this.stream.flush()) + this.stop.flush()),
      ...this.splitter.flush(),
    ];
    return this.remember(pieces);
  }

  private split(text: string): readonly AnswerPiece[] {
    return this.remember(this.splitter.push(this.stop.push(text)));
  }

  private remember(pieces: readonly AnswerPiece[]): readonly AnswerPiece[] {
    for (const { kind, text } of pieces) if (kind === 'text') this.answer += text;
    return pieces;
  }
}
