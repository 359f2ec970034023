import { isJumpStatement } from '../../src/engine/language/lineRole.js';
import { unbalancedBrackets } from '../../src/engine/language/brackets.js';
import type { QualityCase } from '../corpus/cutCases.js';

/** What a text does to its file that the right answer doesn't. */
export interface Damage {
  /**
   * More closing brackets that close nothing the text or its line has opened, or of the wrong kind. The one of
   * `} else {` counts only where nothing is left open for the block's own bracket, below, to close.
   */
  readonly brackets: boolean;
  /** A line that stands just above or below already, or again in the text. */
  readonly repeats: boolean;
}

/** Shorter lines (`},`, `else:`) stand next to each other by right. */
const MIN_REPEATED_LENGTH = 6;
/** A model that repeats itself does so in turns of one line, or of a few. */
const MAX_TURN_LENGTH = 3;

export function damageOf(text: string, { file, before, gap, after }: QualityCase): Damage {
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.slice(lineStart);
  const surplus = (added: string): number => surplusClosers(line + added, file.language);
  const above = lastWritten(before.slice(0, lineStart).split('\n'));
  const below = lastWritten(after.split('\n').reverse());
  const repeats = (added: string): number => repeatsIn([above, ...(line + added).split('\n'), below]);
  return { brackets: surplus(text) > surplus(gap), repeats: repeats(text) > repeats(gap) };
}

const BRANCH = /^[ \t]*\}[ \t]*(?:else|catch|finally)\b.*\{[ \t]*$/m;

function surplusClosers(text: string, languageId: string): number {
  const unbalanced = unbalancedBrackets(text, languageId);
  const closers = unbalanced.replace(/[([{]/g, '').length;
  return closers > 0 && BRANCH.test(text) && unbalanced.endsWith('{') ? closers - 1 : closers;
}

function repeatsIn(lines: readonly string[]): number {
  const written = lines.map((line) => line.trim()).filter((line) => line !== '');
  // Guards may well have the same bare way out.
  const isAgain = (line: string, i: number): boolean =>
    line.length >= MIN_REPEATED_LENGTH &&
    !isJumpStatement(line) &&
    written.slice(Math.max(0, i - MAX_TURN_LENGTH), i).includes(line);
  return written.filter(isAgain).length;
}

function lastWritten(lines: readonly string[]): string {
  return [...lines].reverse().find((line) => line.trim() !== '') ?? '';
}
