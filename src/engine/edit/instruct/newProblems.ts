import type { NewProblem } from '../../../protocol/edit.js';
import type { CheckFile } from '../../checkers/checker.js';
import type { CheckReport, Checkers } from '../../checkers/checkers.js';
import { problemsBetween } from '../../checkers/compareProblems.js';

export interface ProblemReport {
  /** The tools that have read both texts. */
  readonly by: readonly string[];
  /** Errors first, then in the text's order. */
  readonly problems: readonly NewProblem[];
}

/**
 * What the language's own tools say about a text that they didn't say about the one before it.
 * @throws the signal's reason when aborted
 */
export async function newProblems(
  checkers: Pick<Checkers, 'check'>,
  file: Omit<CheckFile, 'text'>,
  texts: { readonly before: string; readonly after: string },
  isTrusted: boolean,
  signal: AbortSignal,
): Promise<ProblemReport> {
  const check = (text: string): Promise<readonly CheckReport[]> =>
    checkers.check({ ...file, text }, isTrusted, signal);
  const [before, after] = [await check(texts.before), await check(texts.after)];
  const by: string[] = [];
  const problems: NewProblem[] = [];
  for (const report of after) {
    const old = before.find((each) => each.by === report.by);
    if (report.kind !== 'checked' || old?.kind !== 'checked') continue;
    by.push(report.by);
    const { added } = problemsBetween(
      { text: texts.before, problems: old.problems },
      { text: texts.after, problems: report.problems },
    );
    const found = added
      // Two tools that see the same mistake are told of once.
      .filter(({ line }) => !problems.some((each) => each.line === line))
      .map(({ line, column, message, severity }) => ({ line, column, message, severity, by: report.by }));
    problems.push(...found);
  }
  const rank = ({ severity }: NewProblem): number => (severity === 'error' ? 0 : 1);
  problems.sort((one, other) => rank(one) - rank(other) || one.line - other.line);
  return { by, problems };
}
