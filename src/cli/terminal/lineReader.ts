import { createInterface } from 'node:readline/promises';

/** Where lines are typed and shown. */
export interface LineStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Reads lines that a user types. One interface is opened for each line, so that in between, Ctrl+C is a signal again.
 * Lines that were typed ahead, while the command was busy, come in one piece when the next one is read: those after the
 * first are kept.
 */
export class LineReader {
  private readonly typedAhead: string[] = [];
  /** Without a line end so far. */
  private unfinished = '';
  private isEnded = false;

  constructor(
    /** Opened at the first line. */
    private readonly streams: () => LineStreams,
    private readonly onInterrupt: () => void,
  ) {}

  /**
   * @param history earlier lines, the newest first
   * @returns `undefined` at the end of the input
   * @throws the signal's reason
   */
  async read(prompt: string, history: readonly string[], signal: AbortSignal): Promise<string | undefined> {
    signal.throwIfAborted();
    const { input, output } = this.streams();
    const next = this.typedAhead.shift();
    if (next !== undefined) {
      output.write(`${prompt}${next}\n`);
      return next;
    }
    if (this.isEnded) return undefined;
    const lines = createInterface({ input, output, history: [...history], terminal: true });
    lines.on('SIGINT', () => {
      if (lines.line === '') this.onInterrupt();
      else for (const name of ['e', 'u']) lines.write(null, { ctrl: true, name });
    });
    lines.on('line', (line) => this.typedAhead.push(line));
    const end = (): void => {
      this.isEnded = true;
    };
    lines.once('close', end);
    try {
      return await new Promise<string | undefined>((resolve, reject) => {
        // At the end of the input, readline closes without answering the question; later, as it may have come with a line.
        lines.once('close', () => setImmediate(() => resolve(undefined)));
        lines.question(prompt, { signal }).then(resolve, reject);
        if (this.unfinished !== '') lines.write(this.unfinished);
      });
    } finally {
      this.unfinished = lines.line;
      lines.off('close', end);
      lines.close();
    }
  }
}
