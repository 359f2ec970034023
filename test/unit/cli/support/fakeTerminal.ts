import type { Terminal } from '../../../../src/cli/terminal/terminal.js';

export interface FakeTerminalOptions {
  /** The piped input; omitted for an interactive terminal. */
  readonly pipe?: string | Uint8Array;
  readonly isResultWatched?: boolean;
  readonly hasColours?: boolean;
}

/** Records what is written, and answers questions from a list, after which the input ends. */
export class FakeTerminal implements Terminal {
  results = '';
  notes = '';
  readonly questions: string[] = [];
  columns = 80;
  private interruptHandler: (() => boolean) | undefined;

  constructor(
    readonly isWatched = false,
    private readonly answers: string[] = [],
    private readonly options: FakeTerminalOptions = {},
  ) {}

  get isResultWatched(): boolean {
    return this.options.isResultWatched ?? false;
  }

  get hasColours(): boolean {
    return this.options.hasColours ?? false;
  }

  get canAsk(): boolean {
    return this.answers.length > 0;
  }

  writeResult(text: string): void {
    this.results += text;
  }

  writeNote(text: string): void {
    this.notes += text;
  }

  ask(question: string): Promise<string> {
    this.questions.push(question);
    return Promise.resolve(this.answers.shift() ?? '');
  }

  readLine(prompt: string): Promise<string | undefined> {
    this.questions.push(prompt);
    return Promise.resolve(this.answers.shift());
  }

  readPipe(): Promise<Uint8Array | undefined> {
    const { pipe } = this.options;
    return Promise.resolve(pipe === undefined ? undefined : Buffer.from(pipe as Uint8Array));
  }

  onInterrupt(handler: () => boolean): () => void {
    this.interruptHandler = handler;
    return () => {
      this.interruptHandler = undefined;
    };
  }

  /** Ctrl+C. @returns whether a session handled it */
  interrupt(): boolean {
    return this.interruptHandler?.() ?? false;
  }
}
