import type { LineSpan } from '../../language/lines.js';
import { syntaxErrors, type SyntaxProblem } from '../../syntax/syntaxErrors.js';
import type { SyntaxTrees } from '../../syntax/syntaxTrees.js';
import type { Check, CheckedDocument, Comparison, Proposal } from './check.js';

/** Parses texts that are no open documents. */
export type SyntaxReader = Pick<SyntaxTrees, 'read'>;

const BY = ['tree-sitter'];
/** A token that is missing at a line's end shows in one of the next. */
const NEAR_LINES = 2;
/** Languages whose macros look like errors to a grammar. */
export const WITH_MACROS = new Set(['c', 'cpp', 'cuda-cpp']);

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
    // Where other errors come instead, the parser only reads the same mistake in another way.
    const isFewer =
      after.length < before.length &&
      wereThere(after, before, proposal, WITH_MACROS.has(this.document.languageId)) &&
      !(await this.hasNewLabel(proposal, signal));
    if (hasProblemIn(before, span)) return { by: BY, isProblemGone: isFewer };
    // The parser may place an error far above the line where it shows. It also has errors in sound code with macros.
    const near = { start: span.start, end: span.end + NEAR_LINES };
    const isDoubtful = WITH_MACROS.has(this.document.languageId) && !hasProblemIn(before, near);
    return { by: BY, isProblemGone: isFewer, ...(isDoubtful ? { isDoubtful } : {}) };
  }

  /** Whether the text still has syntax errors; `undefined` without a grammar. */
  async isBroken({ document }: Proposal, signal: AbortSignal): Promise<boolean | undefined> {
    const after = await this.check(document, signal);
    return after && after.length > 0;
  }

  /** `console log()` with a colon is a label before a call: it parses, and is hardly meant. */
  private async hasNewLabel({ document }: Proposal, signal: AbortSignal): Promise<boolean> {
    const { languageId, text } = this.document;
    if (!/:/.test(document)) return false;
    const count = async (each: string): Promise<number> =>
      (await this.syntax.read(
        languageId,
        this.read(each),
        ({ root }) => root.descendantsOfType('labeled_statement').length,
        signal,
      )) ?? 0;
    const labels = await count(document);
    return labels > 0 && labels > (await count(text));
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

/** Below a mistake, in which the parser may give up. */
const MAX_LINES_BELOW = 20;
/** Of a block that doesn't end: the parser has only moved the mistake. */
const BLOCK_OPEN = /^'(?:\{' was never closed|\}' is missing)/;

/** Whether each error that is left was there before, below the new lines. */
function wereThere(
  after: readonly SyntaxProblem[],
  before: readonly SyntaxProblem[],
  { span, newText }: Proposal,
  isAboveAllowed: boolean,
): boolean {
  const end = span.start + lineCount(newText);
  const old = [...before];
  return after.every(({ line, message }) => {
    // A mistake shows at its place or below: what is wrong above may be what the new lines only hide.
    const isFarAbove = isAboveAllowed && line < span.start - MAX_LINES_BELOW;
    if (BLOCK_OPEN.test(message) || (line < end && !isFarAbove)) return false;
    const lineBefore = line < span.start ? line : line - end + span.end;
    const index = old.findIndex((each) => each.line === lineBefore && each.message === message);
    if (index >= 0) old.splice(index, 1);
    return index >= 0;
  });
}

function linesToEnd({ text, problems: [first] }: CheckedText): number {
  return lineCount(text) - (first?.line ?? 0);
}

const lineCount = (text: string): number => text.split('\n').length;

/** The lines from the first of both spans to the last. */
export function unionOf(one: LineSpan, other: LineSpan): LineSpan {
  return { start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) };
}
