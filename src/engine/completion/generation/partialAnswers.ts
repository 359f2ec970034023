import type { CompletionSource } from '../../../protocol/completion.js';
import { confidentTextOf } from '../completionItems.js';
import type { CompletionRequest, OnDidExtend, Part } from '../completionTypes.js';
import type { Clock } from './clock.js';
import type { Generation } from './generation.js';
import type { TypingRhythm } from './typingRhythm.js';

/** Shorter texts would only flicker. */
const MIN_PART_LENGTH = 4;

/**
 * Answers given before their generation has ended, for clients that ask again when they are notified of more text:
 * when such an answer is due, which one was given last, and the notification once there is more.
 */
export class PartialAnswers {
  /** The last partial answer that was given, until its generation ends. */
  private pending: { readonly request: CompletionRequest; readonly text: string } | undefined;

  constructor(
    private readonly rhythm: TypingRhythm,
    private readonly clock: Clock,
    private readonly onDidExtend: OnDidExtend,
  ) {}

  /**
   * What a generation has for a request: the whole text, or a part once that is due; `undefined` when it continues
   * otherwise than the user.
   * @param source a generation that ran before the request may answer with a part at once
   * @throws the signal's reason; what the generation was aborted or failed by
   */
  async wait(
    generation: Generation,
    request: CompletionRequest,
    source: CompletionSource,
    signal: AbortSignal,
  ): Promise<Part | undefined> {
    const due = this.dueMs(request, source);
    for (;;) {
      signal.throwIfAborted();
      generation.throwIfEnded();
      const part = generation.partFor(request.cursor);
      if (part?.isPart !== true) return part;
      const isDue = due !== undefined && this.clock.now() >= due;
      const text = confidentTextOf(part);
      if (isDue && text.trim().length >= MIN_PART_LENGTH) {
        this.pending = { request, text };
        return part;
      }
      await generation.next(signal);
    }
  }

  /** The client has got a newer answer. */
  clear(): void {
    this.pending = undefined;
  }

  /** Notifies the client if the last partial answer has become longer. */
  generationEnded(generation: Generation): void {
    const { pending } = this;
    this.pending = undefined;
    if (pending === undefined || generation.state !== 'whole') return;
    const whole = generation.partFor(pending.request.cursor);
    if (whole === undefined || confidentTextOf(whole) !== pending.text) this.notify(pending.request);
  }

  /** Notifies the client that there is more for a request than it was given. */
  notify({ document, position }: CompletionRequest): void {
    this.onDidExtend(document.uri, position);
  }

  /** When a partial text is due, by the clock; `undefined` for never. */
  private dueMs({ options, startedMs }: CompletionRequest, source: CompletionSource): number | undefined {
    const { partialAfterMs, isInvoked } = options;
    if (partialAfterMs === undefined || isInvoked) return undefined;
    return startedMs + (source === 'followed' ? 0 : this.rhythm.partialDue(partialAfterMs));
  }
}
