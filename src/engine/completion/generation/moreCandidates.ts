import type { GeneratedText } from '../completionTypes.js';
import type { CompletionModel } from './completionModel.js';
import type { CurrentGeneration } from './currentGeneration.js';
import type { GenerationTask } from './generationTask.js';

/** Candidates in addition to the likeliest one. */
const MAX_MORE = 2;
/** Hot enough for other texts, cool enough for meaningful ones. */
const SAMPLING = { temperature: 0.8, topP: 0.95, topK: 40 };

/** The texts of several generations for one cursor, each once. */
export interface Candidates {
  readonly texts: readonly string[];
  /** Characters of the line's indentation that all of them replace. */
  readonly replaces: number;
}

/** Decodes further candidates for an explicit request, one after the other, and ranks all of them. */
export class MoreCandidates {
  constructor(
    private readonly current: CurrentGeneration,
    private readonly model: Pick<CompletionModel, 'ranked'>,
  ) {}

  /**
   * Ends early when another generation starts.
   * @param onDidChange called with all candidates after each one, and when they are ranked
   * @returns how many generations came to their end
   * @throws the signal's reason; EngineError
   */
  async gather(
    first: GeneratedText,
    task: GenerationTask,
    { priority, signal }: { readonly priority: 'completion' | 'warm-up'; readonly signal: AbortSignal },
    onDidChange: (candidates: Candidates) => void,
  ): Promise<number> {
    let candidates = withText({ texts: [], replaces: first.replaces }, first);
    let done = 0;
    while (done < MAX_MORE && !this.current.isRunning) {
      const seed = done + 1;
      const generation = this.current.start({ ...task, sampling: { ...SAMPLING, seed } }, priority);
      await generation.ended;
      if (generation.state !== 'whole') return done;
      done++;
      candidates = withText(candidates, generation.shown());
      onDidChange(candidates);
    }
    const texts = await this.model.ranked(task.cursor, candidates.texts, signal);
    onDidChange({ ...candidates, texts });
    return done;
  }
}

/** Texts that replace different parts of the line can't be shown together. */
function withText({ texts, replaces }: Candidates, added: GeneratedText): Candidates {
  if (added.text === '') return { texts, replaces };
  if (replaces !== added.replaces)
    return texts.length > 0 ? { texts, replaces } : { texts: [added.text], replaces: added.replaces };
  return { texts: [...new Set([...texts, added.text])], replaces };
}
