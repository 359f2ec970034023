import type { CurrentGeneration } from './currentGeneration.js';
import type { GenerationTask } from './generation.js';

/** Candidates beside the likeliest one. */
const MORE = 2;
/** Warm enough to say something else, cool enough to make sense. */
const SAMPLING = { temperature: 0.8, topP: 0.95, topK: 40 };

/**
 * Decodes further candidates for a place, one after the other, until something else is wanted.
 * @returns how many decodings came to their end
 */
export async function moreCandidates(
  current: CurrentGeneration,
  task: GenerationTask,
  kind: 'completion' | 'warm-up',
): Promise<number> {
  let done = 0;
  for (let seed = 1; seed <= MORE; seed++) {
    if (current.isRunning) return done;
    const generation = current.begin({ ...task, sampling: { ...SAMPLING, seed } }, kind);
    await generation.ended;
    if (generation.state !== 'whole') return done;
    done++;
  }
  return done;
}
