import type { CheckReport, Checkers } from '../../checkers/checkers.js';
import { problemsBetween } from '../../checkers/compareProblems.js';
import type { CheckerProblem } from '../../checkers/checker.js';
import type { Check, CheckedDocument, Comparison, Proposal } from './check.js';
import { unionOf, type SyntaxCheck } from './syntaxCheck.js';

/** Where the text comes from, for the tools that check it. */
export interface CheckedFile {
  readonly uri: string;
  /** The user trusts the workspace: programs may be started for the check. */
  readonly isTrusted: boolean;
}

/** Of compilers that continue after such an error, and don't tell it from others. */
const SYNTAX_MESSAGE =
  /^(?:expected|stray|missing terminating|.*\bexpected$|unclosed|illegal start|reached end of file)/;

/** Below a mistake, in which it causes other errors. */
const MAX_LINES_AFTER = 20;
/** Of a bracket or a string that doesn't end. */
const LEFT_OPEN = /\bclos(?:ed?|ing)\b|\bend of\b|\bEOF\b|terminated/i;

/** Compares what the language's own tools say about the whole document before and after. */
export class CheckerCheck implements Check {
  private before: Promise<readonly CheckReport[]> | undefined;

  /**
   * @param syntax tells whether a rest of the file is broken, of which a compiler that stops at the first error knows nothing
   * @param read the text that is checked: a notebook cell without its magics
   */
  constructor(
    private readonly checkers: Pick<Checkers, 'check'>,
    private readonly document: CheckedDocument,
    private readonly file: CheckedFile,
    private readonly syntax: SyntaxCheck | undefined,
    private readonly read: (text: string) => string = (text) => text,
  ) {}

  /** Whether a tool can't parse the text where the problem is. */
  async hasSyntaxProblem(signal: AbortSignal): Promise<boolean> {
    const before = await (this.before ??= this.check(this.document.text, signal));
    const { start, end } = this.document.target;
    return before.some(
      (report) =>
        report.kind === 'checked' &&
        report.problems.some(
          ({ line, isSyntax, hidesMeaning }) =>
            (isSyntax ?? hidesMeaning) === true && line >= start && line < end,
        ),
    );
  }

  /** Whether no tool objects to a proposal, or still has an error in the lines of the problem. */
  async agrees(proposal: Proposal, signal: AbortSignal): Promise<boolean> {
    const { objection, left = [] } = (await this.compare(proposal, signal)) ?? {};
    if (objection !== undefined || left.length > 0) return false;
    // A compiler that continues has more to say about the same mistake.
    const end = proposal.span.start + proposal.newText.split('\n').length + MAX_LINES_AFTER;
    return !(await this.check(proposal.document, signal)).some(
      (report) =>
        report.kind === 'checked' &&
        report.problems.some(({ line, message }) => line < end && SYNTAX_MESSAGE.test(message)),
    );
  }

  /**
   * Whether a tool has an error in the lines that a proposal writes: one of two equal ones may be gone. So may one of
   * two that a bracket or a quote causes.
   */
  async hasErrorIn({ span, newText, document }: Proposal, signal: AbortSignal): Promise<boolean> {
    const end = span.start + newText.split('\n').length;
    return (await this.check(document, signal)).some(
      (report) =>
        report.kind === 'checked' &&
        report.problems.some(
          ({ line, severity, message }) =>
            severity === 'error' && ((line >= span.start && line < end) || LEFT_OPEN.test(message)),
        ),
    );
  }

  async compare(proposal: Proposal, signal: AbortSignal): Promise<Comparison | undefined> {
    const before = await (this.before ??= this.check(this.document.text, signal));
    const after = await this.check(proposal.document, signal);
    const by: string[] = [];
    const left: string[] = [];
    let isProblemGone = false;
    let isFailed = false;
    for (const report of after) {
      const old = before.find((each) => each.by === report.by);
      if (old?.kind !== 'checked') continue;
      if (report.kind !== 'checked') {
        isFailed = true;
        continue;
      }
      const comparison = await this.compareReports(old, report, proposal, signal);
      if (comparison.objection !== undefined) return comparison;
      by.push(report.by);
      isProblemGone ||= comparison.isProblemGone;
      left.push(...(comparison.left ?? []));
    }
    const isUntrusted = after.some(({ kind }) => kind === 'untrusted');
    const result = {
      by,
      isProblemGone,
      isUntrusted,
      ...(isFailed ? { isFailed } : {}),
      ...(left.length === 0 ? {} : { left }),
    };
    return by.length === 0 && !isUntrusted && !isFailed ? undefined : result;
  }

  private async compareReports(
    old: CheckReport & { readonly kind: 'checked' },
    report: CheckReport & { readonly kind: 'checked' },
    proposal: Proposal,
    signal: AbortSignal,
  ): Promise<Comparison> {
    const by = [report.by];
    const { gone, added, uncovered } = problemsBetween(
      { text: this.read(this.document.text), problems: old.problems },
      { text: this.read(proposal.document), problems: report.problems },
    );
    const hidden = uncovered.filter(({ isSyntax }) => isSyntax);
    const isRestBroken = hidden.length > 0 && (await this.syntax?.isBroken(proposal, signal)) !== false;
    const own = [...added, ...(isRestBroken ? [] : hidden)].find(({ severity }) => severity === 'error');
    if (own !== undefined)
      return { by, isProblemGone: false, objection: { reason: 'newProblem', message: own.message } };
    const { start, end } = unionOf(this.document.target, proposal.span);
    const isProblemGone = gone.some(({ line }) => line >= start && line < end);
    const { target } = this.document;
    const asked = old.problems.filter(
      ({ line, severity }) => severity === 'error' && line >= target.start && line < target.end,
    );
    const [error] = asked;
    if (!isProblemGone && error !== undefined)
      return { by, isProblemGone, objection: { reason: 'problemStays', message: error.message } };
    // A grammar that is content with the new text knows less than the language's own parser, which isn't.
    const unparsed = report.problems.find(isSyntaxError);
    if (unparsed !== undefined && (await this.syntax?.isBroken(proposal, signal)) === false)
      return { by, isProblemGone, objection: { reason: 'problemStays', message: unparsed.message } };
    const left = asked.filter((each) => !gone.includes(each)).map(({ message }) => message);
    return { by, isProblemGone, left };
  }

  private check(text: string, signal: AbortSignal): Promise<readonly CheckReport[]> {
    const { uri, isTrusted } = this.file;
    const { languageId } = this.document;
    return this.checkers.check({ uri, languageId, text: this.read(text) }, isTrusted, signal);
  }
}

export function isSyntaxError({ severity, isSyntax, hidesMeaning, message }: CheckerProblem): boolean {
  return severity === 'error' && ((isSyntax ?? hidesMeaning) === true || SYNTAX_MESSAGE.test(message));
}
