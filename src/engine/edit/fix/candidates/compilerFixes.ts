import { candidateOf, type Candidate } from './candidate.js';

/** Compilers suggest little for one error. */
const MAX_SUGGESTIONS = 8;

/** What compilers would change about the problem. It may be a guess, so that only what clears the message is offered. */
export function compilerFixCandidates(text: string, suggested: readonly string[]): readonly Candidate[] {
  return suggested
    .slice(0, MAX_SUGGESTIONS)
    .flatMap((after) => candidateOf(text, after, { origin: 'compiler', needsProof: true }) ?? []);
}
