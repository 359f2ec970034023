import type { CompletionRequest } from '../completionTypes.js';
import { advanced, type CursorContext } from '../cursor/cursorContext.js';
import type { Clock } from './clock.js';
import type { CompletionCache } from './completionCache.js';
import type { CompletionModel } from './completionModel.js';
import type { CurrentGeneration } from './currentGeneration.js';
import { taskFor } from './generationTask.js';

/** An answer is read before it is accepted: the next one is not needed sooner. */
const READING_MS = 300;
/** A user who has typed so many characters of an answer is likely to accept it. */
const CONVINCED_CHARACTERS = 3;
/** Idle time after which a prompt with more context is prefilled. */
const IDLE_MS = 2000;

export interface PrefetchDeps {
  readonly model: Pick<CompletionModel, 'prefill' | 'prefillExtended'>;
  readonly current: CurrentGeneration;
  readonly cache: CompletionCache;
  /** Where the last request was made. */
  readonly lastCursor: () => CursorContext | undefined;
  readonly clock: Clock;
}

/**
 * Work ahead of the user, one piece at a time: the prompt at the cursor is evaluated (prefilled), and what would
 * follow an accepted answer is decoded (prefetched). Any key cancels it.
 */
export class Prefetch {
  private cancelNext: () => void = () => undefined;
  private cancelIdle: () => void = () => undefined;
  private running: AbortController | undefined;

  constructor(private readonly deps: PrefetchDeps) {}

  /**
   * Evaluates the prompt for a cursor, so that the first key there finds it in the cache.
   * @param isExtended whether a prompt with more context follows
   * @throws EngineError
   */
  async prefill(cursor: CursorContext, isExtended: boolean): Promise<void> {
    this.cancelPrefill();
    const running = new AbortController();
    this.running = running;
    const { model } = this.deps;
    try {
      await model.prefill(cursor, running.signal);
      if (isExtended) await model.prefillExtended(cursor, running.signal);
    } catch (error) {
      if (!running.signal.aborted) throw error;
    }
  }

  /** Prefills a prompt with more context after some idle time, unless a generation runs by then. */
  prefillWhenIdle(): void {
    this.cancelIdle();
    this.cancelIdle = this.deps.clock.schedule(IDLE_MS, () => {
      const here = this.deps.current.isRunning ? undefined : this.deps.lastCursor();
      // An item that is only selected may never be accepted. Errors of the model are reported as its status.
      if (here !== undefined && !here.isVirtual) this.prefill(here, true).catch(() => undefined);
    });
  }

  /**
   * Decodes what would follow the acceptance of an answer, once the user has read it.
   * @param typed characters of the answer that the user has typed already
   */
  afterAnswer({ cursor, options }: CompletionRequest, text: string, typed: number): void {
    if (text.trim() === '') return;
    const next = advanced(cursor, text);
    this.cancelNext();
    this.cancelNext = this.deps.clock.schedule(typed >= CONVINCED_CHARACTERS ? 0 : READING_MS, () => {
      const { current, cache } = this.deps;
      if (current.isRunning || cache.find(next, { maxLines: options.maxLines }) !== undefined) return;
      this.cancelPrefill();
      // The text there has no syntax tree yet.
      const task = taskFor(options, next, undefined);
      current.start({ ...task, isInvoked: false, basis: { cursor, text } }, 'warm-up');
    });
  }

  /** The user has moved on: what follows the last answer is of no use. */
  leave(cursor: CursorContext): void {
    this.cancelNext();
    if (this.deps.current.isPrefetch) this.deps.current.keepFor(cursor);
  }

  cancel(): void {
    this.cancelNext();
    this.cancelPrefill();
  }

  private cancelPrefill(): void {
    this.cancelIdle();
    this.running?.abort();
  }
}
