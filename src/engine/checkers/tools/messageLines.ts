import type { CheckerProblem } from '../checker.js';
import type { ToolOutput } from '../machine/runTool.js';

/** Messages of compilers that are one line each: where they are in a match of the tool's pattern. */
export interface MessageGroups {
  /** From 1. */
  readonly line: string;
  readonly message: string;
  /** From 1; in characters, or in bytes, as the tool counts. */
  readonly column?: string | undefined;
  readonly code?: string | undefined;
  readonly level?: string | undefined;
}

/** The line of a problem in another file, which an edit may cause there. */
export const ELSEWHERE = '1';

/** @param toGroups of one line of the output; `undefined` for lines that are no message */
export function messagesIn(
  output: string,
  toGroups: (line: string) => MessageGroups | undefined,
): CheckerProblem[] {
  return output.split(/\r?\n/).flatMap((text) => {
    const groups = toGroups(text);
    return groups === undefined ? [] : [problemFrom(groups)];
  });
}

function problemFrom({ line, column = '1', message, code, level = 'error' }: MessageGroups): CheckerProblem {
  return {
    line: Math.max(0, Number(line) - 1),
    column: Math.max(0, Number(column) - 1),
    message: message.trim(),
    severity: /warning|deprecated|notice/i.test(level) ? 'warning' : 'error',
    ...(code === undefined || code === '' ? {} : { code }),
  };
}

/**
 * What a tool says, unless its exit code and its messages contradict each other: then it isn't the tool that it should
 * be, or has failed in another way than by finding errors.
 * @param isSilent whether a clean run writes nothing else that matters
 */
export function verdict(
  { code }: ToolOutput,
  problems: readonly CheckerProblem[],
  isSilent: boolean,
): readonly CheckerProblem[] | undefined {
  const hasErrors = problems.some(({ severity }) => severity === 'error');
  if (code !== 0) return hasErrors ? problems : undefined;
  return problems.length > 0 || isSilent ? problems : undefined;
}

/** Problems of tools that stop at the first stage that fails. */
export function asSyntax(problems: readonly CheckerProblem[]): CheckerProblem[] {
  return problems.map((problem) => (problem.severity === 'error' ? { ...problem, isSyntax: true } : problem));
}
