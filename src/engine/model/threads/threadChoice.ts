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
