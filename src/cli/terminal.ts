import { createInterface } from 'node:readline/promises';

/** What commands write to and ask: results go to stdout, all else to stderr. */
export interface Terminal {
  writeResult(text: string): void;
  writeNote(text: string): void;
  /** Whether a person sees the notes: then lines may be redrawn. */
  readonly isWatched: boolean;
  /** Whether somebody can answer a question. */
  readonly canAsk: boolean;
  /** Characters of a line. */
  readonly columns: number;
  /** @throws the signal's reason */
  ask(question: string, signal: AbortSignal): Promise<string>;
}

export class ProcessTerminal implements Terminal {
  readonly isWatched = process.stderr.isTTY;
  readonly canAsk = process.stdin.isTTY && process.stderr.isTTY;

  constructor() {
    // `youtu model list | head` closes the pipe early, and that is no failure.
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
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
}
