import { createInterface } from 'node:readline/promises';
import { isatty } from 'node:tty';
import { readableText } from './format.js';
import { LineReader } from './lineReader.js';
import { isPartlyRead, readToEnd, type ReadOptions } from './standardInput.js';

/** Input and output of the commands. Results go to stdout, everything else to stderr. */
export interface Terminal {
  writeResult(text: string): void;
  writeNote(text: string): void;
  /** Whether stderr is a terminal, where lines can be redrawn. */
  readonly isWatched: boolean;
  /** Whether stdout is a terminal, where no control characters may be written. */
  readonly isResultWatched: boolean;
  /** Whether notes may be coloured. */
  readonly hasColours: boolean;
  /** Whether the user can answer a question. */
  readonly canAsk: boolean;
  /** Characters per line. */
  readonly columns: number;
  /** @throws the signal's reason */
  ask(question: string, signal: AbortSignal): Promise<string>;
  /**
   * Reads a line. Ctrl+C clears the line; on an empty line it interrupts the command.
   * @param history earlier lines, the newest first
   * @returns `undefined` at the end of the input (Ctrl+D)
   * @throws the signal's reason
   */
  readLine(prompt: string, history: readonly string[], signal: AbortSignal): Promise<string | undefined>;
  /** `shared`: a file that another program reads too, so that its text isn't meant for this one. */
  readonly inputKind: 'terminal' | 'pipe' | 'shared';
  /**
   * Reads a pipe or file on standard input to its end.
   * @returns `undefined` when nothing came in time
   * @throws the signal's reason
   */
  readPipe(options: ReadOptions): Promise<Uint8Array | undefined>;
  /**
   * Handles Ctrl+C in place of ending the command.
   * @param handler returns false to end the command anyway
   * @returns a function that removes the handler
   */
  onInterrupt(handler: () => boolean): () => void;
}

export class ProcessTerminal implements Terminal {
  readonly isWatched = process.stderr.isTTY;
  readonly isResultWatched = process.stdout.isTTY;
  readonly hasColours = process.stderr.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  // Not by `process.stdin`: that would open the input, which belongs to the commands that read it.
  private readonly hasUser = isatty(0);
  readonly canAsk = this.hasUser && process.stderr.isTTY;
  private interruptHandler: (() => boolean) | undefined;
  private readonly lines = new LineReader(
    () => ({ input: process.stdin, output: process.stderr }),
    () => process.emit('SIGINT'),
  );

  /** @param outputFailed exit status when the result can't be written */
  constructor(outputFailed = 1) {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      // `youtu model list | head` closes the pipe early, which is no failure.
      if (error.code === 'EPIPE') process.exit(0);
      this.writeNote(`The output couldn't be written: ${outputProblem(error)}\n`);
      process.exit(outputFailed);
    });
    // Without a reader of the notes the work goes on: `youtu serve 2>&1 | head -1` keeps serving.
    process.stderr.on('error', () => undefined);
  }

  get columns(): number {
    return process.stderr.columns || 80;
  }

  writeResult(text: string): void {
    process.stdout.write(text);
  }

  writeNote(text: string): void {
    process.stderr.write(readableText(text));
  }

  async ask(question: string, signal: AbortSignal): Promise<string> {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    // In raw mode Ctrl+C reaches readline, not the process.
    lines.on('SIGINT', () => process.emit('SIGINT'));
    try {
      return await lines.question(question, { signal });
    } finally {
      lines.close();
    }
  }

  readLine(prompt: string, history: readonly string[], signal: AbortSignal): Promise<string | undefined> {
    return this.lines.read(prompt, history, signal);
  }

  get inputKind(): 'terminal' | 'pipe' | 'shared' {
    if (this.hasUser) return 'terminal';
    return isPartlyRead() ? 'shared' : 'pipe';
  }

  readPipe(options: ReadOptions): Promise<Uint8Array | undefined> {
    return readToEnd(process.stdin, options);
  }

  /** Resolves when everything is written, or can't be. */
  async flush(): Promise<void> {
    for (const stream of [process.stdout, process.stderr])
      await new Promise<void>((resolve) => stream.write('', () => resolve()));
  }

  onInterrupt(handler: () => boolean): () => void {
    this.interruptHandler = handler;
    return () => {
      this.interruptHandler = undefined;
    };
  }

  /** Called on Ctrl+C. @returns whether a handler has taken it */
  interrupt(): boolean {
    return this.interruptHandler?.() ?? false;
  }
}

function outputProblem({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOSPC') return 'there is no space left on the device. Free some space and try again.';
  return `${message}. Check where standard output leads.`;
}
