/** Tries candidates, the cheapest first, until the checks accept one. */
import type { EditOrigin } from '../../../protocol/edit.js';
import type { EditObjection, EditVerdict } from '../../../protocol/editVerdict.js';
import { GREEDY } from '../../model/model.js';
import { RETRY_SAMPLING } from '../answerWriter.js';
import type { EditCheck } from '../check/editCheck.js';
import { impossible } from '../editTask.js';
import type { Candidate } from './candidates/candidate.js';
import type { Attempt } from './candidates/regionRewrite.js';

/** A model that is wrong three times seldom gets it right the fourth time. */
const MAX_ROUNDS = 3;
/** The hotter, the less likely the model repeats the line that has to change. */
const LINE_TEMPERATURES = [0.7, 1, 1.3];

export interface AcceptedFix {
  readonly candidate: Candidate;
  readonly verdict: EditVerdict;
}

export interface RepairSteps {
  readonly check: EditCheck;
  readonly signal: AbortSignal;
  /** Told of each candidate before it is made, and before it is checked. */
  readonly onCandidate: (origin: EditOrigin, round: number) => void;
  readonly onCheck: () => void;
}

/**
 * The first candidate that the checks accept, of those that need no model.
 * @returns `undefined` when they accept none
 * @throws the signal's reason when aborted
 */
export async function firstAccepted(
  candidates: AsyncIterable<Candidate> | Iterable<Candidate>,
  { check, signal }: Pick<RepairSteps, 'check' | 'signal'>,
): Promise<AcceptedFix | undefined> {
  for await (const candidate of candidates) {
    const result = await check.run(candidate, signal);
    if (result.kind === 'rejected') continue;
    if (result.verdict.kind === 'verified' || !candidate.needsProof)
      return { candidate, verdict: result.verdict };
  }
  return undefined;
}

/**
 * Has the model write candidates: greedily, only what is near the problem; then with the check's message, then by chance.
 * @param write `undefined` when the answer changes nothing, or is the same as one before
 * @param hasProblem the problem's line is known
 * @throws EngineError `noFix` when the checks reject each, `noChange` when there is none; the signal's reason
 */
export async function repair(
  write: (attempt: Attempt) => Promise<Candidate | undefined>,
  hasProblem: boolean,
  { check, signal, onCandidate, onCheck }: RepairSteps,
): Promise<AcceptedFix> {
  let failed: { readonly newText: string; readonly objection: EditObjection } | undefined;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    onCandidate('model', round);
    const candidate = await writeRound(write, round, hasProblem, failed);
    if (candidate === undefined) continue;
    onCheck();
    const result = await check.run(candidate, signal);
    if (result.kind === 'accepted') return { candidate, verdict: result.verdict };
    failed = { newText: candidate.newText, objection: result.objection };
  }
  throw failed === undefined ? impossible('noChange') : impossible('noFix', failed.objection);
}

async function writeRound(
  write: (attempt: Attempt) => Promise<Candidate | undefined>,
  round: number,
  hasProblem: boolean,
  failed: { readonly newText: string; readonly objection: EditObjection } | undefined,
): Promise<Candidate | undefined> {
  if (round === 1) return write({ sampling: GREEDY, extent: hasProblem ? 'near' : 'whole' });
  // What is sampled takes long, since each token is evaluated by itself: only few are written then.
  const byChance = hasProblem ? 'near' : 'whole';
  if (failed !== undefined) {
    const { newText, objection } = failed;
    const [sampling, extent] =
      round === 2 ? ([GREEDY, 'whole'] as const) : ([RETRY_SAMPLING, byChance] as const);
    // An endless answer would only be continued.
    if (objection.reason === 'unfinished') return write({ sampling, extent });
    return write({
      sampling,
      extent,
      failed: { newText, ...(objection.message === undefined ? {} : { message: objection.message }) },
    });
  }
  // Nothing was changed: the line itself has to be another one, or the mistake is on another line.
  if (!hasProblem || round === MAX_ROUNDS) return write({ sampling: RETRY_SAMPLING, extent: byChance });
  for (const temperature of LINE_TEMPERATURES) {
    const candidate = await write({ sampling: { ...RETRY_SAMPLING, temperature }, extent: 'line' });
    if (candidate !== undefined) return candidate;
  }
  return undefined;
}
