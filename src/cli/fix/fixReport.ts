import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { RepairedFile } from '../../engine/edit/fix/repairFile.js';
import type { SyntaxProblem } from '../../engine/syntax/syntaxErrors.js';
import type { EditDoubt, EditVerdict } from '../../protocol/edit.js';

/** The result of a fix as `--json` prints it. Lines count from 1. */
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
  /** The syntax errors that are left. */
  readonly left: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  readonly model?: string;
}

/** @param diff of {@link unifiedDiff} */
export function fixReport(file: string, diff: string, fixed: RepairedFile, isApplied: boolean): FixReport {
  const model = fixed.edits.at(-1)?.model;
  return {
    file,
    diff,
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

/** The syntax errors, one a line, in the format of compilers. */
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

/** Why a fix should be checked before it is applied; `undefined` without a doubt. */
export function doubtOn({ edits }: RepairedFile): string | undefined {
  const verdict = edits.map((edit) => edit.verdict).find(({ kind }) => kind === 'doubtful');
  return verdict?.kind === 'doubtful' ? DOUBTS[verdict.reason] : undefined;
}

/** As diff and git show them. */
const CONTEXT = 3;

/**
 * The difference of two texts as `patch` and `git apply` read it; empty when there is none.
 * @param name of the file, with slashes
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  const options = { context: CONTEXT, headerOptions: FILE_HEADERS_ONLY };
  // As git writes an absolute path.
  const path = name.replace(/^\/+/, '');
  const diff = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options);
  const named = path.includes(' ') ? diff.replace(/.*\n.*\n/, withBlanks) : diff;
  // diff and git omit a length of one line. No `^`: to it, lines also begin after a lone CR.
  return named.replaceAll(/(\n@@ -\d+)(,1)?( \+\d+)(,1)? @@/g, '$1$3 @@');
}

/**
 * The two lines of a diff that name the file, when its name holds blanks: without a tab, where a date could follow, the
 * name would end at the first blank, and without quotes before the last one.
 */
function withBlanks(header: string): string {
  return header.replaceAll(/^(--- |\+\+\+ )(.*)$/gm, (_, sign: string, name: string) =>
    !name.startsWith('"') && name.endsWith(' ') ? `${sign}"${name}"` : `${sign}${name}\t`,
  );
}
