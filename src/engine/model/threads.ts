import { availableParallelism } from 'node:os';

export interface ThreadCounts {
  readonly prefill: number;
  readonly decode: number;
}

/**
 * How many threads llama.cpp gets on a CPU. node-llama-cpp's default (at least 4) is slower by a factor of a
 * hundred on two cores: llama.cpp's barrier spins, and a thread without a core keeps all others waiting. Decoding
 * is bound by memory and starts its threads anew for each token, so on few cores one thread is as fast as two;
 * prefill gains from each core. One core stays free for the editor from three cores on.
 * @param wanted the user's setting; 0 = choose
 */
export function chooseThreads(wanted: number, cores: number = availableParallelism()): ThreadCounts {
  if (wanted > 0) {
    const threads = Math.min(Math.floor(wanted), cores);
    return { prefill: threads, decode: threads };
  }
  if (cores <= 2) return { prefill: cores, decode: 1 };
  return { prefill: cores - 1, decode: Math.min(cores - 1, 8) };
}
