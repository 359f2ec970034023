import type { LineSpan } from '../../language/lines.js';
import { syntaxErrors, type SyntaxProblem } from '../../syntax/syntaxErrors.js';
import type { SyntaxTrees } from '../../syntax/syntaxTrees.js';
import type { Check, CheckedDocument, Comparison, Proposal } from './check.js';

/** Parses texts that are no open documents. */
export type SyntaxReader = Pick<SyntaxTrees, 'read'>;

const BY = ['tree-sitter'];
/** A token that is missing at a line's end shows in one of the next. */
const NEAR_LINES = 2;
const WITH_MACROS = new Set(['c', 'cpp', 'cuda-cpp']);

/** Compares the syntax errors of the whole document before and after. It knows the languages that have a grammar. */
export class SyntaxCheck implements Check {
  private before: Promise<readonly SyntaxProblem[] | undefined> | undefined;

  /** @param read the text that is parsed: a notebook cell without its magics */
  constructor(
    private readonly syntax: SyntaxReader,
    private readonly document: CheckedDocument,
    private readonly read: (text: string) => string = (text) => text,
  ) {}

  /** The errors of the document as it is; `undefined` without a grammar. */
  problems(signal: AbortSignal): Promise<readonly SyntaxProblem[] | undefined> {
    this.before ??= this.check(this.document.text, signal);
    return this.before;
  }

  async compare(proposal: Proposal, signal: AbortSignal): Promise<Comparison | undefined> {
    const { text, target } = this.document;
    const before = await this.problems(signal);
    const after = before && (await this.check(proposal.document, signal));
    if (before === undefined || after === undefined) return undefined;
    const span = unionOf(target, proposal.span);
    if (!isImproved({ text, problems: before }, { text: proposal.document, problems: after }, span)) {
      const growth = lineCount(proposal.document) - lineCount(text);
      const message = after.find(({ line }) => line >= span.start && line < span.end + growth)?.message;
      return {
        by: BY,
        isProblemGone: false,
        objection: { reason: 'syntax', ...(message === undefined ? {} : { message }) },
      };
    }
    if (hasProblemIn(before, span)) return { by: BY, isProblemGone: true };
    // The parser may place an error far above the line where it shows. It also has errors in sound code with macros.
    const near = { start: span.start, end: span.end + NEAR_LINES };
    const isDoubtful = WITH_MACROS.has(this.document.languageId) && !hasProblemIn(before, near);
    return { by: BY, isProblemGone: after.length < before.length, ...(isDoubtful ? { isDoubtful } : {}) };
  }

  /** Whether the text still has syntax errors; `undefined` without a grammar. */
  async isBroken({ document }: Proposal, signal: AbortSignal): Promise<boolean | undefined> {
    const after = await this.check(document, signal);
    return after && after.length > 0;
  }

  private check(text: string, signal: AbortSignal): Promise<readonly SyntaxProblem[] | undefined> {
    return this.syntax.read(this.document.languageId, this.read(text), syntaxErrors, signal);
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
  if (!hasProblemIn(before.problems, target)) return after.problems.length <= before.problems.length;
  if (before.problems.length !== after.problems.length) return after.problems.length < before.problems.length;
  return linesToEnd(after) < linesToEnd(before);
}

function hasProblemIn(problems: readonly SyntaxProblem[], { start, end }: LineSpan): boolean {
  return problems.some(({ line }) => line >= start && line < end);
}

function linesToEnd({ text, problems: [first] }: CheckedText): number {
  return lineCount(text) - (first?.line ?? 0);
}

const lineCount = (text: string): number => text.split('\n').length;

/** The lines from the first of both spans to the last. */
export function unionOf(one: LineSpan, other: LineSpan): LineSpan {
  return { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) };
}
