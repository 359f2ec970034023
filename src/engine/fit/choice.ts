import type { ModelRole } from '../../protocol/errors.js';
import type { ExpectedSpeed, ModelFit } from '../../protocol/modelFit.js';

/** What one key costs when a line is completed: tokens of the prompt that are new, and tokens to write. */
const KEY = { prefill: 10, decode: 12 };
/**
 * Seconds that a key may cost. With the starter on two cores, 0.4 s, 67 % of what was shown was right; with the larger
 * coder, 0.65 s, 59 %, though it is the more accurate model: it came too late.
 */
const MAX_KEY_SECONDS = 0.45;
/** Tokens per second that a person reads; an answer that is written more slowly keeps them waiting. */
const MIN_ANSWER_SPEED = 8;

/** Whether a model of this speed is of use in a role; of an unknown speed it can't be said. */
export function isFastEnough(role: ModelRole, speed: ExpectedSpeed | undefined): boolean {
  if (speed === undefined) return false;
  const { prefill, decode } = speed;
  if (role === 'chat') return decode >= MIN_ANSWER_SPEED;
  return KEY.prefill / prefill + KEY.decode / decode <= MAX_KEY_SECONDS;
}

export interface Candidate {
  readonly id: string;
  readonly isStarter: boolean;
  readonly fit?: ModelFit | undefined;
}

/**
 * The candidates in the order in which `auto` takes them on this machine: those that are better than the starter and
 * fast enough, the starter, the others; last those that there isn't memory enough for. Where even the starter is slow,
 * a larger model is no help, and a smaller one is of little use.
 * @param candidates of the role, the best first
 */
export function orderFor<C extends Candidate>(role: ModelRole, candidates: readonly C[]): readonly C[] {
  const starter = candidates.findIndex(({ isStarter }) => isStarter);
  const rank = (candidate: C, index: number): number => {
    if (candidate.fit?.place === 'none') return 3;
    if (index === starter) return 1;
    return index < starter && isFastEnough(role, candidate.fit?.speed) ? 0 : 2;
  };
  return candidates
    .map((candidate, index) => ({ candidate, rank: rank(candidate, index) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ candidate }) => candidate);
}
