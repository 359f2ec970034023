/** Has the model write candidates until the validators have no doubt about one. */
import type { EditVerdict } from '../../../protocol/edit.js';
import { GREEDY, type Sampling } from '../../model/model.js';
import { RETRY_SAMPLING } from '../answerWriter.js';
import type { EditOutcome } from '../editTask.js';
import { isBetter, validateAll, type Candidate, type Validator } from './validator.js';

/** Candidates that are validated. A model that is wrong three times seldom gets it right the fourth time. */
const MAX_CANDIDATES = 3;
/** The hotter, the less likely the model repeats the line that has to change. */
const LINE_TEMPERATURES = [0.7, 1, 1.3];

/** How one candidate is written. */
export interface Attempt {
  readonly sampling: Sampling;
  /** Line of the region, from 0: the lines above it stay, and it has to change. */
  readonly fromLine?: number;
}

export interface RepairDeps {
  /** @returns `undefined` when the answer changes nothing */
  readonly write: (attempt: Attempt) => Promise<Candidate | undefined>;
  readonly validators: readonly Validator[];
  /** Line of the region with the first problem, from 0. */
  readonly problemLine: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * The greedy answer if the validators accept it. Otherwise the model is asked again: from the problem's line when it
 * changed nothing, for the whole region when its answer is doubtful. Of several doubtful answers the first is taken.
 * @returns `undefined` when the model changes nothing
 * @throws the signal's reason when aborted
 */
export async function repair(deps: RepairDeps): Promise<EditOutcome | undefined> {
  const { write, validators, signal } = deps;
  const seen = new Set<string>();
  let best: EditOutcome | undefined;
  let candidate = (await write({ sampling: GREEDY })) ?? (await retryFromLine(deps));
  while (candidate !== undefined && !seen.has(candidate.newText)) {
    const verdict: EditVerdict = await validateAll(validators, candidate, signal);
    if (best === undefined || isBetter(verdict, best.verdict)) best = { newText: candidate.newText, verdict };
    seen.add(candidate.newText);
    if (verdict.kind !== 'doubtful' || seen.size === MAX_CANDIDATES) break;
    candidate = await write({ sampling: RETRY_SAMPLING });
  }
  return best;
}

/** Keeps the code up to the problem and asks for another line than the one that is there. */
async function retryFromLine({ write, problemLine }: RepairDeps): Promise<Candidate | undefined> {
  if (problemLine !== undefined) {
    for (const temperature of LINE_TEMPERATURES) {
      const candidate = await write({ sampling: { ...RETRY_SAMPLING, temperature }, fromLine: problemLine });
      if (candidate !== undefined) return candidate;
    }
  }
  // The mistake is on another line than the reported one.
  return write({ sampling: RETRY_SAMPLING });
}
