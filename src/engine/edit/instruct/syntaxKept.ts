import { syntaxErrors, type SyntaxProblem } from '../../syntax/syntaxErrors.js';
import type { Check, CheckedDocument, Comparison, Proposal } from '../check/check.js';
import type { SyntaxReader } from '../check/syntaxCheck.js';

/** Sees that a change brings no further syntax error into the document. What was broken before may stay so. */
export class SyntaxKept implements Check {
  constructor(
    private readonly syntax: SyntaxReader,
    private readonly document: CheckedDocument,
    /** The text that is parsed: a notebook cell without its magics. */
    private readonly read: (text: string) => string,
  ) {}

  async compare(
    { document, span, newText, isFinished }: Proposal,
    signal: AbortSignal,
  ): Promise<Comparison | undefined> {
    // That it was cut off says more than what is open at its end.
    if (!isFinished) return undefined;
    const before = await this.problemsIn(this.document.text, signal);
    const after = before && (await this.problemsIn(document, signal));
    if (before === undefined || after === undefined) return undefined;
    const by = ['tree-sitter'];
    if (after.length <= before.length) return { by, isProblemGone: false };
    const end = span.start + newText.split(/\r\n|\n|\r/).length;
    const shown = after.find(({ line }) => line >= span.start && line < end) ?? after[0];
    const where = shown && shown.line >= span.start && shown.line < end;
    const message =
      shown && (where ? `line ${shown.line - span.start + 1}: ${shown.message}` : shown.message);
    return {
      by,
      isProblemGone: false,
      objection: { reason: 'syntax', ...(message === undefined ? {} : { message }) },
    };
  }

  private problemsIn(text: string, signal: AbortSignal): Promise<readonly SyntaxProblem[] | undefined> {
    return this.syntax.read(this.document.languageId, this.read(text), syntaxErrors, signal);
  }
}
