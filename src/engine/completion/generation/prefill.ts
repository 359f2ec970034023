import type { Generator } from './generator.js';
import type { CursorContext } from '../cursor/cursorContext.js';

/** Nobody has wanted anything for so long: the user reads or thinks. */
const IDLE_MS = 2000;

/**
 * Evaluates the prompt of the place where the user is, so that the first key there finds it in the cache; then, where
 * somebody writes, one with more text than a key could wait for.
 */
export class PromptPrefill {
  private running: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly generator: Pick<Generator, 'prefill' | 'prefillExtended'>) {}

  /** Ends when all is evaluated, or with {@link cancel}. */
  begin(place: CursorContext): Promise<void> {
    return this.run((signal) => this.generator.prefill(place, signal));
  }

  /** As {@link begin}, and then the prompt with more text. */
  prefillExtended(place: CursorContext): Promise<void> {
    return this.run(async (signal) => {
      await this.generator.prefill(place, signal);
      await this.generator.prefillExtended(place, signal);
    });
  }

  /**
   * Rests at a place once nothing has been wanted for a while.
   * @param place asked when it begins; `undefined` for not at all
   */
  prefillWhenIdle(place: () => CursorContext | undefined): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const here = place();
      // An item that is only selected may never come. What is wrong with the model is told by the status.
      if (here !== undefined && !here.isVirtual) this.prefillExtended(here).catch(() => undefined);
    }, IDLE_MS);
    this.timer.unref();
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.running?.abort();
  }

  private async run(work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    this.cancel();
    const running = new AbortController();
    this.running = running;
    try {
      await work(running.signal);
    } catch (error) {
      if (!running.signal.aborted) throw error;
    }
  }
}
