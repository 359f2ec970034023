import { availableParallelism } from 'node:os';

export interface ThreadCounts {
  readonly prefill: number;
  readonly decode: number;
}

/**
 * How many threads llama.cpp gets on a CPU as long as nothing was measured. node-llama-cpp's default (at least 4) is
 * slower by a factor of a hundred on two cores: llama.cpp's barrier spins, and a thread without a core keeps all
 * others waiting. Decoding is bound by memory and starts its threads anew for each token, so on few cores one thread
 * may be as fast as two; prefill gains from each core.
 * @param wanted the user's setting; 0 = choose
 */
export function chooseThreads(wanted: number, cores: number = availableParallelism()): ThreadCounts {
  if (wanted > 0) {
    const threads = Math.min(Math.floor(wanted), cores);
    return { prefill: threads, decode: threads };
  }
  if (cores <= 2) return { prefill: cores, decode: 1 };
  const most = mostThreads(cores);
  return { prefill: most, decode: Math.min(most, 8) };
}

/** Numbers of threads that are worth a trial, the fewest first: powers of two, and as many as there can be. */
export function threadCandidates(cores: number = availableParallelism()): readonly number[] {
  const most = mostThreads(cores);
  const powers = Array.from({ length: Math.ceil(Math.log2(most)) }, (_, power) => 2 ** power);
  return [...powers, most];
}

/** From three cores on, one stays free for the editor. */
function mostThreads(cores: number): number {
  return cores <= 2 ? cores : cores - 1;
}
