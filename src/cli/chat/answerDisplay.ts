import type { ChatProgress } from '../../protocol/chat.js';
import type { Terminal } from '../terminal/terminal.js';

/** The progress of reading a shorter prompt is not shown. */
const MIN_TOKENS_FOR_PROGRESS = 256;
const CLEAR = '\r\u001b[K';
/** All but tab and line feed: the model's text must not control the terminal. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Shows an answer while it is written: the text on stdout, progress and thinking on stderr. */
export class AnswerDisplay {
  private state: 'start' | 'waiting' | 'thinking' | 'text' = 'start';
  private last = '';

  constructor(
    private readonly terminal: Terminal,
    /** Whether the text itself is shown, not only the progress. */
    private readonly showsText = true,
  ) {}

  /** Shows that the answer is awaited: the model is loaded and reads first. */
  begin(): void {
    this.redraw('…');
  }

  show(progress: ChatProgress): void {
    switch (progress.kind) {
      case 'prefill': {
        const { done, total } = progress;
        if (total >= MIN_TOKENS_FOR_PROGRESS) this.redraw(`Reading: ${done} of ${total} tokens`);
        return;
      }
      case 'thinking':
        this.think(progress.text);
        return;
      case 'text':
        if (this.showsText) this.write(progress.text);
    }
  }

  /** The answer has ended, was cut off or failed. */
  end(): void {
    this.clear();
    if (this.state === 'thinking') this.terminal.writeNote('\n');
    if (this.state === 'text' && !this.last.endsWith('\n')) this.terminal.writeResult('\n');
  }

  private write(text: string): void {
    this.clear();
    if (this.state === 'thinking') this.terminal.writeNote('\n\n');
    this.state = 'text';
    this.last = text;
    this.terminal.writeResult(this.terminal.isResultWatched ? text.replace(CONTROL, '') : text);
  }

  private think(text: string): void {
    if (!this.terminal.isWatched) return;
    this.clear();
    this.state = 'thinking';
    this.terminal.writeNote(dim(this.terminal, text.replace(CONTROL, '')));
  }

  private redraw(text: string): void {
    if (!this.terminal.isWatched || this.state === 'thinking' || this.state === 'text') return;
    this.state = 'waiting';
    this.terminal.writeNote(`\r${dim(this.terminal, text)}\u001b[K`);
  }

  private clear(): void {
    if (this.state === 'waiting') this.terminal.writeNote(CLEAR);
    if (this.state === 'waiting') this.state = 'start';
  }
}

/** Text that is less important than the text around it. */
export function dim({ hasColours }: Pick<Terminal, 'hasColours'>, text: string): string {
  return hasColours ? `\u001b[2m${text}\u001b[22m` : text;
}
