import type {
  CheckedDocument,
  Comparison,
  Check,
  Proposal,
} from '../../../../../src/engine/edit/check/check.js';
import { candidateOf } from '../../../../../src/engine/edit/fix/candidates/candidate.js';

/** A document whose problem is on one line. */
export function checkedDocument(
  languageId: string,
  text: string,
  line: number,
  ...messages: readonly string[]
): CheckedDocument {
  return { languageId, text, target: { start: line, end: line + 1 }, messages };
}

/** The edit that turns one text into another. */
export function proposal(before: string, after: string): Proposal {
  const candidate = candidateOf(before, after, { origin: 'model', needsProof: false });
  if (candidate === undefined) throw new Error('the texts are the same');
  return candidate;
}

export function compare(check: Check, before: string, after: string): Promise<Comparison | undefined> {
  return check.compare(proposal(before, after), new AbortController().signal);
}
