import type { CheckFile } from '../../checkers/checker.js';
import { syntaxErrors, type SyntaxProblem } from '../../syntax/syntaxErrors.js';
import { isSyntaxError } from '../check/checkerCheck.js';
import { WITH_MACROS } from '../check/syntaxCheck.js';
import type { FixChecks } from './fixTask.js';

/**
 * What is wrong with a file: what its language's own tools report, or else its syntax errors. A parser that continues
 * after an error guesses where it is, and takes what it doesn't know for one.
 * @param isTrusted programs may be started for it
 * @returns in the text's order; `undefined` when nothing here can check the language
 * @throws the signal's reason when aborted
 */
export async function fileProblems(
  file: CheckFile,
  { syntax, checkers }: FixChecks,
  isTrusted: boolean,
  signal: AbortSignal,
): Promise<readonly SyntaxProblem[] | undefined> {
  const reports = (await checkers?.check(file, isTrusted, signal)) ?? [];
  const checked = reports.flatMap((report) => (report.kind === 'checked' ? [report.problems] : []));
  const errors = checked
    .flat()
    .filter(({ severity }) => severity === 'error')
    .sort((one, other) => one.line - other.line || one.column - other.column);
  const inTree = await syntax?.read(file.languageId, file.text, syntaxErrors, signal);
  if (inTree === undefined && checked.length === 0) return undefined;
  // In C, macros look like errors to a grammar.
  const isCompiled = checked.length > 0 && WITH_MACROS.has(file.languageId);
  const isParsed = inTree === undefined || inTree.length === 0 || isCompiled;
  const unparsed = errors.filter(isSyntaxError);
  if (unparsed.length > 0) return unparsed;
  return errors.length > 0 || isParsed ? errors : inTree;
}
