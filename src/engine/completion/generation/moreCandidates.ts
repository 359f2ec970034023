import type { CurrentGeneration } from './currentGeneration.js';
import type { Generator } from './generator.js';
import type { CompletionCache } from './completionCache.js';
import type { GenerationTask } from './generation.js';

/** Candidates beside the likeliest one. */
const MORE = 2;
/** Warm enough to say something else, cool enough to make sense. */
const SAMPLING = { temperature: 0.8, topP: 0.95, topK: 40 };

/** Decodes further candidates for a place, one after the other, and puts all of them in order. */
export class MoreCandidates {
  constructor(
    private readonly current: CurrentGeneration,
    private readonly generator: Pick<Generator, 'ranked'>,
    private readonly answers: CompletionCache,
  ) {}

  /**
   * Ends early when something else is wanted.
   * @returns how many decodings came to their end
   * @throws the signal's reason; EngineError
   */
  async gather(task: GenerationTask, kind: 'completion' | 'warm-up', signal: AbortSignal): Promise<number> {
    let done = 0;
    for (let seed = 1; seed <= MORE && !this.current.isRunning; seed++) {
      const generation = this.current.begin({ ...task, sampling: { ...SAMPLING, seed } }, kind);
      await generation.ended;
      if (generation.state !== 'whole') return done;
      done++;
    }
    const texts = this.answers.find(task.place, task)?.texts ?? [];
    this.answers.reorder(task.place, await this.generator.ranked(task.place, texts, signal));
    return done;
  }
}
