import type { SyntaxProblem } from '../../engine/syntax/syntaxErrors.js';
import type { EditDoubt, EditVerdict } from '../../protocol/edit.js';
import { unifiedDiff } from './unifiedDiff.js';
import type { RepairedFile } from '../../engine/edit/fix/repairFile.js';

/** What came of a fix, as `--json` prints it. Lines are counted from 1. */
export interface FixReport {
  readonly file: string;
  readonly diff: string;
  readonly isApplied: boolean;
  readonly edits: readonly {
    readonly line: number;
    readonly endLine: number;
    readonly oldText: string;
    readonly newText: string;
    readonly verdict: EditVerdict;
  }[];
  /** What the syntax check still complains about. */
  readonly left: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  readonly model?: string;
}

export function fixReport(file: string, before: string, fixed: RepairedFile, isApplied: boolean): FixReport {
  const model = fixed.edits.at(-1)?.model;
  return {
    file,
    diff: unifiedDiff(file, before, fixed.text),
    isApplied,
    edits: fixed.edits.map(({ range, oldText, newText, verdict }) => ({
      line: range.start.line + 1,
      endLine: range.end.line + 1,
      oldText,
      newText,
      verdict,
    })),
    left: fixed.left.map(({ line, column, message }) => ({ line: line + 1, column: column + 1, message })),
    ...(model === undefined ? {} : { model }),
  };
}

/** What the syntax check complains about, a line each, as compilers write it. */
export function problemLines(file: string, problems: readonly SyntaxProblem[]): string {
  return problems
    .map(({ line, column, message }) => `${file}:${line + 1}:${column + 1}: ${message}\n`)
    .join('');
}

const DOUBTS: Readonly<Record<EditDoubt, string>> = {
  shorter: 'it is much shorter than the original',
  unbalanced: 'its brackets don’t match',
  unfinished: 'it may not be finished',
  syntax: 'it has a syntax error',
};

/** Why a fix should be looked at before it is used; `undefined` when nothing speaks against it. */
export function doubtOn({ edits }: RepairedFile): string | undefined {
  const verdict = edits.map((edit) => edit.verdict).find(({ kind }) => kind === 'doubtful');
  return verdict?.kind === 'doubtful' ? DOUBTS[verdict.reason] : undefined;
}
