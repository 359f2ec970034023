import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { CheckerProblem } from '../checker.js';

const ERROR = 1;
const WARNING = 2;

/** Errors and warnings in the text's order; hints and remarks are left out. */
export function problemsOf(diagnostics: readonly Diagnostic[]): readonly CheckerProblem[] {
  const problems = diagnostics.flatMap(({ range, message, code, severity = ERROR }): CheckerProblem[] => {
    if (severity > WARNING) return [];
    return [
      {
        line: range.start.line,
        column: range.start.character,
        message: typeof message === 'string' ? message : message.value,
        severity: severity === ERROR ? 'error' : 'warning',
        ...(code === undefined ? {} : { code: String(code) }),
      },
    ];
  });
  return problems.sort((one, other) => one.line - other.line || one.column - other.column);
}
