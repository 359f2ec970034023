import { isJumpStatement } from '../../language/isJumpStatement.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { lineRole, opensBlock } from '../../language/lineRole.js';
import { MIN_ABOVE_LENGTH } from './repeatedLine.js';

/** A model that turns in a circle does so in rounds of one line, or of a few. */
export const MAX_TURN_LENGTH = 3;
const ELSE = /^(?:\}\s*)?else\s*[:{]?$/;

/**
 * Where a text says again what it, or what stands right above it, has said a few lines before, within one block.
 * @param lines of the text, the first one with what stands before the cursor
 * @param above the lines above the cursor's that are not blank, the nearest last
 * @returns the line's index, or that of the `else` whose branch begins with the one line of the branch before it;
 * `undefined` when nothing is said again. How the text begins is no matter of this: a line may be wanted once more, and
 * a model may have begun some lines too early.
 */
export function repeatedNear(
  lines: readonly string[],
  above: readonly string[],
  { languageId, linePrefix }: Pick<CompletionContext, 'languageId' | 'linePrefix'>,
): number | undefined {
  const near: string[] = [];
  const take = (line: string): void => {
    const role = lineRole(line, languageId);
    // Beyond a border of blocks the same may be said again.
    if (role === 'closer' || role === 'continuation') near.length = 0;
    else if (role !== 'blank') near.push(line.trim());
    if (near.length > MAX_TURN_LENGTH) near.shift();
  };
  above.forEach(take);
  let isBeginning = true;
  /** A branch that has just begun, behind one that only says `before`. */
  let branch: { readonly at: number; readonly before: string } | undefined;
  for (const [i, line] of lines.entries()) {
    const text = line.trim();
    if (branch !== undefined && text !== '') {
      if (text === branch.before && text.length >= MIN_ABOVE_LENGTH) return branch.at;
      branch = undefined;
    }
    const [opener = '', before = ''] = near.slice(-2);
    if (i > 0 && ELSE.test(text) && opensBlock(opener, languageId)) branch = { at: i, before };
    const isOwn = i > 0 || line !== linePrefix;
    const isAgain = isOwn && near.includes(text) && text.length >= MIN_ABOVE_LENGTH && !mayStandAgain(text);
    if (isAgain && !isBeginning) return i;
    if (isOwn && text !== '' && !isAgain) isBeginning = false;
    take(line);
  }
  return undefined;
}

/** Elements stand in rows, and two guards may well end alike. */
function mayStandAgain(text: string): boolean {
  return text.startsWith('<') || isJumpStatement(text);
}
