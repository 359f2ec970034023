import { addAbortSignal } from 'node:stream';
import { createInterface } from 'node:readline/promises';

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
  /**
   * Reads a pipe or file on standard input to its end, or until it has more than `limitBytes`.
   * @returns `undefined` when the input is a terminal
   * @throws the signal's reason
   */
  readPipe(limitBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined>;
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
  readonly canAsk = process.stdin.isTTY && process.stderr.isTTY;
  private interruptHandler: (() => boolean) | undefined;

  constructor() {
    for (const stream of [process.stdout, process.stderr])
      // `youtu model list | head` closes the pipe early, which is no failure.
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EPIPE') process.exit(0);
        throw error;
      });
  }

  get columns(): number {
    return process.stderr.columns || 80;
  }

  writeResult(text: string): void {
    process.stdout.write(text);
  }

  writeNote(text: string): void {
    process.stderr.write(text);
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

  async readLine(
    prompt: string,
    history: readonly string[],
    signal: AbortSignal,
  ): Promise<string | undefined> {
    // One interface for each line: in between, Ctrl+C is a signal again.
    const lines = createInterface({
      input: process.stdin,
      output: process.stderr,
      history: [...history],
    });
    lines.on('SIGINT', () => {
      if (lines.line === '') process.emit('SIGINT');
      else for (const name of ['e', 'u']) lines.write(null, { ctrl: true, name });
    });
    try {
      return await new Promise<string | undefined>((resolve, reject) => {
        // At the end of the input, readline closes without answering the question.
        lines.once('close', () => resolve(undefined));
        lines.question(prompt, { signal }).then(resolve, reject);
      });
    } finally {
      lines.close();
    }
  }

  async readPipe(limitBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
    if (process.stdin.isTTY) return undefined;
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of addAbortSignal(signal, process.stdin)) {
      pieces.push(piece as Buffer);
      size += (piece as Buffer).length;
      if (size > limitBytes) break;
    }
    return Buffer.concat(pieces);
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
