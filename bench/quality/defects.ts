import { isJumpStatement } from '../../src/engine/language/lineRole.js';
import { unbalancedBrackets } from '../../src/engine/language/brackets.js';
import type { QualityCase } from '../corpus/cutCases.js';

/** Defects that a completion causes in its file and the expected text doesn't. */
export interface Defects {
  /**
   * It has more unmatched or mismatched closing brackets than the expected text. The one of `} else {` counts only if
   * the block's own closing bracket, below, then has nothing left to close.
   */
  readonly brackets: boolean;
  /** It repeats the line above, the line below or one of its own lines. */
  readonly repeats: boolean;
}

/** Shorter lines (`},`, `else:`) may legitimately repeat. */
const MIN_REPEATED_LINE_LENGTH = 6;
/** A model in a repetition loop repeats one line or a few. */
const MAX_CYCLE_LENGTH = 3;

export function findDefects(text: string, { file, before, gap, after }: QualityCase): Defects {
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.slice(lineStart);
  const surplusIn = (added: string): number => countSurplusClosers(line + added, file.language);
  const above = lastNonBlank(before.slice(0, lineStart).split('\n'));
  const below = lastNonBlank(after.split('\n').reverse());
  const repeats = (added: string): number => countRepeats([above, ...(line + added).split('\n'), below]);
  return { brackets: surplusIn(text) > surplusIn(gap), repeats: repeats(text) > repeats(gap) };
}

const BRANCH_LINE = /^[ \t]*\}[ \t]*(?:else|catch|finally)\b.*\{[ \t]*$/m;

function countSurplusClosers(text: string, languageId: string): number {
  const unbalanced = unbalancedBrackets(text, languageId);
  const closers = unbalanced.replace(/[([{]/g, '').length;
  return closers > 0 && BRANCH_LINE.test(text) && unbalanced.endsWith('{') ? closers - 1 : closers;
}

function countRepeats(lines: readonly string[]): number {
  const nonBlank = lines.map((line) => line.trim()).filter((line) => line !== '');
  // Consecutive guard clauses may repeat the same jump statement.
  const isRepeat = (line: string, i: number): boolean =>
    line.length >= MIN_REPEATED_LINE_LENGTH &&
    !isJumpStatement(line) &&
    nonBlank.slice(Math.max(0, i - MAX_CYCLE_LENGTH), i).includes(line);
  return nonBlank.filter(isRepeat).length;
}

function lastNonBlank(lines: readonly string[]): string {
  return [...lines].reverse().find((line) => line.trim() !== '') ?? '';
}
