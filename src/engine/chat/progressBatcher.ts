import type { ChatProgress } from '../../protocol/chat.js';
import type { AnswerPiece } from '../decoding/output/thinkingSplitter.js';

/** No more messages than a screen can show. */
const INTERVAL_MS = 34;

/**
 * Gathers pieces of an answer, so that a fast model doesn't send a message for each token. Even the first one is sent a
 * moment later, when the next token is being evaluated already: sending costs the model no time then.
 */
export class ProgressBatcher {
  private pending: AnswerPiece | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastSent = -Infinity;

  constructor(
    private readonly send: (progress: ChatProgress) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  push(piece: AnswerPiece): void {
    if (this.pending !== undefined && this.pending.kind !== piece.kind) this.flush();
    this.pending = { kind: piece.kind, text: (this.pending?.text ?? '') + piece.text };
    const wait = Math.max(0, this.lastSent + INTERVAL_MS - this.now());
    this.timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Sends what is gathered; also to be called at the end, whatever the end was. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.pending === undefined) return;
    this.send(this.pending);
    this.pending = undefined;
    this.lastSent = this.now();
  }
}
