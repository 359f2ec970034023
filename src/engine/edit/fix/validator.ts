import type { EditVerdict } from '../../../protocol/edit.js';
import { unbalancedBrackets } from '../../language/bracketBalance.js';

/** New code that may be offered to the user. */
export interface Candidate {
  readonly languageId: string;
  readonly oldText: string;
  readonly newText: string;
  /** The model came to an end by itself: it wasn't cut off, and didn't go round in circles. */
  readonly isFinished: boolean;
}

/**
 * Says what is known of a candidate before a person sees it. This is where compilers and language services are to
 * be asked; the first implementation only looks at the text.
 */
export interface Validator {
  judge(candidate: Candidate, signal: AbortSignal): Promise<EditVerdict>;
}

/** Less than this part of the old text is left: code has probably been forgotten. */
const SHORT = 0.6;
/** Short code may well lose half of itself. */
const CHARACTERS_TO_TELL = 120;

export class TextValidator implements Validator {
  judge(candidate: Candidate): Promise<EditVerdict> {
    return Promise.resolve(verdictOn(candidate));
  }
}

function verdictOn({ languageId, oldText, newText, isFinished }: Candidate): EditVerdict {
  if (!isFinished) return { kind: 'doubtful', reason: 'unfinished' };
  const before = characters(oldText);
  if (before > CHARACTERS_TO_TELL && characters(newText) < before * SHORT)
    return { kind: 'doubtful', reason: 'shorter' };
  const brackets = unbalancedBrackets(newText, languageId);
  // A part of a file may hold only one of a pair; then it did so before.
  if (brackets !== '' && brackets !== unbalancedBrackets(oldText, languageId))
    return { kind: 'doubtful', reason: 'unbalanced' };
  return { kind: 'unchecked' };
}

const characters = (text: string): number => text.replace(/\s/g, '').length;

const RANK: Readonly<Record<EditVerdict['kind'], number>> = { passed: 2, unchecked: 1, doubtful: 0 };

/** Whether one verdict is better than another. */
export function isBetter(one: EditVerdict, other: EditVerdict): boolean {
  return RANK[one.kind] > RANK[other.kind];
}
