import { availableParallelism } from 'node:os';

export interface ThreadCounts {
  readonly prefill: number;
  readonly decode: number;
}

/**
 * How many threads llama.cpp gets on a CPU as long as nothing was measured. node-llama-cpp's default (at least 4) is
 * slower by a factor of a hundred on two cores: llama.cpp's barrier spins, and a thread without a core keeps all
 * others waiting. On few cores each of them counts: two write up to 1.9 times as fast as one, and where others keep one
 * busy, {@link ThreadGovernor} takes it away.
 * @param wanted the user's setting; 0 = choose
 */
export function chooseThreads(wanted: number, cores: number = availableParallelism()): ThreadCounts {
  if (wanted > 0) {
    const threads = Math.min(Math.floor(wanted), cores);
    return { prefill: threads, decode: threads };
  }
  if (cores <= 2) return { prefill: cores, decode: cores };
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

/** What twice as many threads must bring, since their processor time is the editor's and the user's too. */
const WORTH_A_DOUBLING = 1.3;

/**
 * The fewest threads beside which more are not worth their processor time: they bring less than they should, or less
 * than could be told from chance.
 * @param msPerToken by number of threads
 */
export function fewestThreads(msPerToken: ReadonlyMap<number, number>): number {
  const candidates = [...msPerToken].sort(([one], [other]) => one - other);
  const enough = candidates.find(([threads, time]) =>
    candidates.every(([more, less]) => more <= threads || time / less < worth(more / threads)),
  );
  return enough?.[0] ?? 1;
}

function worth(times: number): number {
  return Math.max(1.07, WORTH_A_DOUBLING ** Math.log2(times));
}

/** How many threads one loaded model gets: an estimate, until they were measured for it. */
export class ModelThreads {
  private measured: ThreadCounts | undefined;

  /** @param isFixed whether the user has said how many */
  constructor(
    private readonly estimate: ThreadCounts,
    readonly isFixed: boolean,
  ) {}

  get counts(): ThreadCounts {
    return this.measured ?? this.estimate;
  }

  /** As many as it may ever get: contexts that are open already take a measured number over. */
  get most(): number {
    return Math.max(this.estimate.prefill, this.estimate.decode);
  }

  get isMeasured(): boolean {
    return this.measured !== undefined;
  }

  take(measured: ThreadCounts): void {
    const { most } = this;
    this.measured = {
      prefill: Math.min(measured.prefill, most),
      decode: Math.min(measured.decode, most),
    };
  }
}
