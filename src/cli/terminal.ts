import { addAbortSignal } from 'node:stream';
import { createInterface } from 'node:readline/promises';

/** What commands write to, read from and ask: results go to stdout, all else to stderr. */
export interface Terminal {
  writeResult(text: string): void;
  writeNote(text: string): void;
  /** Whether a person sees the notes: then lines may be redrawn. */
  readonly isWatched: boolean;
  /** Whether a person sees the results, too: then no control characters may get there. */
  readonly isResultWatched: boolean;
  /** Whether notes may be coloured. */
  readonly hasColours: boolean;
  /** Whether somebody can answer a question. */
  readonly canAsk: boolean;
  /** Characters of a line. */
  readonly columns: number;
  /** @throws the signal's reason */
  ask(question: string, signal: AbortSignal): Promise<string>;
  /**
   * A line that a person writes. Ctrl+C empties a line; on an empty one it interrupts.
   * @param history earlier lines, the newest first
   * @returns `undefined` at the input's end (Ctrl+D)
   * @throws the signal's reason
   */
  readLine(prompt: string, history: readonly string[], signal: AbortSignal): Promise<string | undefined>;
  /**
   * What a pipe or a file gives on standard input, up to its end or to more than `limitBytes`.
   * @returns `undefined` where a person sits instead
   * @throws the signal's reason
   */
  readPipe(limitBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /**
   * Lets a session have Ctrl+C for itself.
   * @param handler whether it has taken it; otherwise the command ends
   * @returns what undoes it
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
      // `youtu model list | head` closes the pipe early, and that is no failure.
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
    // One for each line: between two the terminal is its own again, and Ctrl+C a signal.
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
        // At the input's end readline closes, and leaves a question unanswered.
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

  /** Ctrl+C was pressed. @returns whether a session has taken it */
  interrupt(): boolean {
    return this.interruptHandler?.() ?? false;
  }
}
