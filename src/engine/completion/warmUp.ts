import type { Generator } from './generator.js';
import type { Place } from './place.js';

/** Evaluates the prompt of the place where the user is, so that the first key there finds it in the cache. */
export class WarmUp {
  private running: AbortController | undefined;

  constructor(private readonly generator: Pick<Generator, 'warm'>) {}

  /** Ends when all is evaluated, or with {@link cancel}. */
  async begin(place: Place): Promise<void> {
    this.cancel();
    const running = new AbortController();
    this.running = running;
    try {
      await this.generator.warm(place, running.signal);
    } catch (error) {
      if (!running.signal.aborted) throw error;
    }
  }

  cancel(): void {
    this.running?.abort();
  }
}
