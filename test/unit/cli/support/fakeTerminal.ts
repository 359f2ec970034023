import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadOptions } from '../../../../src/cli/terminal/standardInput.js';
import type { Terminal } from '../../../../src/cli/terminal/terminal.js';

export interface FakeTerminalOptions {
  /** The piped input; omitted for an interactive terminal. */
  readonly pipe?: string | Uint8Array;
  /** A pipe that is never written to or closed, in place of `pipe`. */
  readonly isSilent?: boolean;
  /** A file of which another program has read a part. */
  readonly isShared?: boolean;
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

  get inputKind(): 'terminal' | 'pipe' | 'shared' {
    const { pipe, isSilent = false, isShared = false } = this.options;
    if (isShared) return 'shared';
    return pipe === undefined && !isSilent ? 'terminal' : 'pipe';
  }

  /** A silent pipe ends only when it isn't waited for. */
  readPipe({ firstByteMs }: ReadOptions): Promise<Uint8Array | undefined> {
    const { pipe, isSilent = false } = this.options;
    if (isSilent && firstByteMs !== undefined) return sleep(firstByteMs, undefined);
    return Promise.resolve(Buffer.from((pipe ?? '') as Uint8Array));
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
