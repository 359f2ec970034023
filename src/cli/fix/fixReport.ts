import { isAbsolute, relative, sep } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { RepairedFile } from '../../engine/edit/fix/repairFile.js';
import type { SyntaxProblem } from '../../engine/syntax/syntaxErrors.js';
import type { EditOrigin, NewProblem } from '../../protocol/edit.js';
import type { EditVerdict } from '../../protocol/editVerdict.js';
import { verdictText } from '../verdictText.js';

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
    /** Where the text comes from; `model` for all but those that need none. */
    readonly origin: EditOrigin;
    /** Of an instruction: definitions that are missing in the new text, and what tools say about it. */
    readonly gone?: readonly string[];
    readonly newProblems?: readonly NewProblem[];
  }[];
  /** The syntax errors that are left. */
  readonly left: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  readonly model?: string;
}

/** @param diff of {@link unifiedDiff} */
export function fixReport(file: string, diff: string, fixed: RepairedFile, isApplied: boolean): FixReport {
  const model = fixed.edits.findLast((edit) => edit.model !== undefined)?.model;
  return {
    file,
    diff,
    isApplied,
    edits: fixed.edits.map(({ range, oldText, newText, verdict, origin, gone, newProblems }) => ({
      line: range.start.line + 1,
      endLine: range.end.line + 1,
      oldText,
      newText,
      verdict,
      origin,
      ...(gone === undefined ? {} : { gone }),
      ...(newProblems === undefined ? {} : { newProblems: newProblems.map(countedFromOne) }),
    })),
    left: fixed.left.map(({ line, column, message }) => ({ line: line + 1, column: column + 1, message })),
    ...(model === undefined ? {} : { model }),
  };
}

function countedFromOne(problem: NewProblem): NewProblem {
  return { ...problem, line: problem.line + 1, column: problem.column + 1 };
}

/** The syntax errors, one a line, in the format of compilers. */
export function problemLines(file: string, problems: readonly SyntaxProblem[]): string {
  return problems
    .map(({ line, column, message }) => `${file}:${line + 1}:${column + 1}: ${message}\n`)
    .join('');
}

/** Whether a check has proved each edit. */
export function isVerified({ edits }: RepairedFile): boolean {
  return edits.every(({ verdict }) => verdict.kind === 'verified');
}

/** What the checks say about each edit, one a line. */
export function verdictLines({ edits }: RepairedFile): string {
  return [...new Set(edits.map(({ verdict }) => `${verdictText(verdict)}\n`))].join('');
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

export const UNPATCHABLE = 'patch can’t change a file in UTF-16: use --apply, or convert it to UTF-8 first.';

/** The path for messages and the diff: relative to the working directory unless it is outside, with slashes. */
export function shownPath(name: string): string {
  const path = relative(process.cwd(), name);
  return (isOutside(name) ? name : path).split(sep).join('/');
}

function isOutside(name: string): boolean {
  const path = relative(process.cwd(), name);
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}
