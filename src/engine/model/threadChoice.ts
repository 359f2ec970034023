/** A thread more has to bring as much, since its processor time is the editor's and the user's too. */
const WORTH_A_THREAD = 1.07;

/** The fewest threads that are nearly as fast as the best. @param msPerToken by number of threads */
export function fewestThreads(msPerToken: ReadonlyMap<number, number>): number {
  const best = Math.min(...msPerToken.values());
  const good = [...msPerToken].filter(([, time]) => time <= best * WORTH_A_THREAD);
  return Math.min(...good.map(([threads]) => threads));
}
