/** Checks what the model wrote before a user sees it: by its text, and by the grammar of its language. */
import type { EditVerdict } from '../../../protocol/edit.js';
import { unbalancedBrackets } from '../../language/brackets.js';
import type { LineSpan } from '../../language/lines.js';
import { syntaxErrors, type SyntaxProblem } from '../../syntax/syntaxErrors.js';
import type { SyntaxTrees } from '../../syntax/syntaxTrees.js';

/** Parses texts that are no open documents. */
export type SyntaxReader = Pick<SyntaxTrees, 'read'>;

/** New code for the region of a fix. */
export interface Candidate {
  readonly languageId: string;
  readonly oldText: string;
  readonly newText: string;
  /** The model ended by itself: it was neither cut off nor stopped in a loop. */
  readonly isFinished: boolean;
}

export interface Validator {
  /** @throws the signal's reason when aborted */
  validate(candidate: Candidate, signal: AbortSignal): Promise<EditVerdict>;
}

const UNCHECKED: EditVerdict = { kind: 'unchecked' };

/** A candidate with a smaller share of the old text has probably lost code. */
const MIN_LENGTH_RATIO = 0.6;
/** Characters without blanks. A shorter region may lose more than that: a line too many is deleted. */
const MIN_CHARACTERS_TO_COMPARE = 120;

/** Looks at the candidate's text alone: its end, its length, its brackets. */
export class TextValidator implements Validator {
  validate({ languageId, oldText, newText, isFinished }: Candidate): Promise<EditVerdict> {
    return Promise.resolve(
      isFinished ? textVerdict(languageId, oldText, newText) : { kind: 'doubtful', reason: 'unfinished' },
    );
  }
}

function textVerdict(languageId: string, oldText: string, newText: string): EditVerdict {
  const before = characterCount(oldText);
  if (before > MIN_CHARACTERS_TO_COMPARE && characterCount(newText) < before * MIN_LENGTH_RATIO)
    return { kind: 'doubtful', reason: 'shorter' };
  if (fenceCount(newText) !== fenceCount(oldText)) return { kind: 'doubtful', reason: 'unbalanced' };
  const brackets = unbalancedBrackets(newText, languageId);
  // A region may hold only one bracket of a pair; then the old text had the same.
  if (brackets !== '' && brackets !== unbalancedBrackets(oldText, languageId))
    return { kind: 'doubtful', reason: 'unbalanced' };
  return UNCHECKED;
}

const fenceCount = (text: string): number => text.match(/^[ \t]*(?:`{3,}|~{3,})/gm)?.length ?? 0;
const characterCount = (text: string): number => text.replace(/\s/g, '').length;

/** The document that a fix is made in. */
export interface FixedDocument {
  readonly languageId: string;
  readonly text: string;
  /** The lines that the fix is about: a diagnostic's, or those that the user has selected. */
  readonly target: LineSpan;
  /** The whole text with a candidate in place of the region. */
  textWith(newText: string): string;
}

/** Compares the syntax errors of the whole document before and after. Languages without a grammar pass unchecked. */
export class SyntaxValidator implements Validator {
  private before: Promise<readonly SyntaxProblem[] | undefined> | undefined;

  constructor(
    private readonly syntax: SyntaxReader,
    private readonly document: FixedDocument,
  ) {}

  async validate({ newText }: Candidate, signal: AbortSignal): Promise<EditVerdict> {
    const { languageId, text, target } = this.document;
    const check = (code: string): Promise<readonly SyntaxProblem[] | undefined> =>
      this.syntax.read(languageId, code, syntaxErrors, signal);
    const newDocument = this.document.textWith(newText);
    const before = await (this.before ??= check(text));
    const after = before && (await check(newDocument));
    if (before === undefined || after === undefined) return UNCHECKED;
    return isImproved({ text, problems: before }, { text: newDocument, problems: after }, target)
      ? UNCHECKED
      : { kind: 'doubtful', reason: 'syntax' };
  }
}

/** A whole text and its syntax errors, in the text's order. */
export interface CheckedText {
  readonly text: string;
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Whether a fix may be accepted as far as syntax goes. Where the target has a syntax error, there must be fewer
 * afterwards, or as many with the first one nearer to the end, since one error can hide another. Where it has none
 * (the fix is for a compiler's complaint), there must be no more than before.
 */
export function isImproved(before: CheckedText, after: CheckedText, target: LineSpan): boolean {
  const hasError = before.problems.some(({ line }) => line >= target.start && line < target.end);
  if (!hasError) return after.problems.length <= before.problems.length;
  if (before.problems.length !== after.problems.length) return after.problems.length < before.problems.length;
  return linesToEnd(after) < linesToEnd(before);
}

function linesToEnd({ text, problems: [first] }: CheckedText): number {
  return text.split('\n').length - (first?.line ?? 0);
}

/** The first doubt of several validators, or else what the last one says. */
export async function validateAll(
  validators: readonly Validator[],
  candidate: Candidate,
  signal: AbortSignal,
): Promise<EditVerdict> {
  let verdict = UNCHECKED;
  for (const validator of validators) {
    verdict = await validator.validate(candidate, signal);
    if (verdict.kind === 'doubtful') break;
  }
  return verdict;
}

const RANK: Readonly<Record<EditVerdict['kind'], number>> = { passed: 2, unchecked: 1, doubtful: 0 };

/** Whether one verdict is better than another. */
export function isBetter(one: EditVerdict, other: EditVerdict): boolean {
  return RANK[one.kind] > RANK[other.kind];
}
