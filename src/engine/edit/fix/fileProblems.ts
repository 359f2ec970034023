import type { CheckFile } from '../../checkers/checker.js';
import { syntaxErrors, type SyntaxProblem } from '../../syntax/syntaxErrors.js';
import type { FixChecks } from './fixTask.js';

/**
 * What is wrong with a file: its syntax errors, or else the errors that its language's own tools report.
 * @returns in the text's order; `undefined` when nothing here can check the language
 * @throws the signal's reason when aborted
 */
export async function fileProblems(
  file: CheckFile,
  { syntax, checkers }: FixChecks,
  signal: AbortSignal,
): Promise<readonly SyntaxProblem[] | undefined> {
  const inTree = await syntax?.read(file.languageId, file.text, syntaxErrors, signal);
  if (inTree !== undefined && inTree.length > 0) return inTree;
  const reports = (await checkers?.check(file, true, signal)) ?? [];
  const checked = reports.flatMap((report) => (report.kind === 'checked' ? [report.problems] : []));
  if (inTree === undefined && checked.length === 0) return undefined;
  return checked
    .flat()
    .filter(({ severity }) => severity === 'error')
    .sort((one, other) => one.line - other.line || one.column - other.column);
}
