import { isJumpStatement, lineRole, opensBlock } from '../../language/lineRole.js';
import { linesAbove } from '../../language/textAround.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { MIN_REPEATED_LENGTH } from './dropRepeatedPreviousLine.js';
import { COMPARED_LINES, documentLines, isBeginningOf, stopBefore, type Rule } from './rule.js';

/** Lines before a line within which it must not be repeated: a model that loops does so every line, or every few. */
const MAX_DISTANCE = 3;
const ELSE = /^(?:\}\s*)?else\s*[:{]?$/;

/** Ends the text where it repeats a line of itself, or of the lines directly above, within one block. */
export const cutRepeatedLine: Rule = {
  name: 'cutRepeatedLine',
  drop: (text, context) => {
    const found = repeatedNear(documentLines(text, context), nearAbove(context), context);
    return found === undefined ? text : text.split('\n').slice(0, found).join('\n').trimEnd();
  },
  stopAt: (context) => {
    const above = nearAbove(context);
    return ({ lines, starts, isLineEnd }) => {
      const found = isLineEnd ? repeatedNear(lines, above, context) : undefined;
      return found === undefined ? undefined : stopBefore(starts[found] ?? 0, 'repetition');
    };
  },
  mightBeDropped: ({ lines, line, isFirst }, context) => {
    if (isFirst) return 0;
    const { linePrefix } = context;
    const above = linesAbove(context, COMPARED_LINES).reverse();
    if (linePrefix.trim() !== '') above.push(linePrefix);
    return isBeginningOf([...above, ...lines].slice(-COMPARED_LINES), line) ? 1 : 0;
  },
};

function nearAbove(context: CompletionContext): string[] {
  return linesAbove(context, MAX_DISTANCE).reverse();
}

/**
 * @param above the lines above the cursor's that are not blank, the nearest last
 * @returns the index of the repeated line, or of the `else` whose branch begins with the only line of the branch before
 * it; `undefined` when nothing is repeated. Lines that the text begins with are left to
 * {@link dropRepeatedPreviousLine}: one may be wanted once more, and a model may have begun some lines too early.
 */
function repeatedNear(
  lines: readonly string[],
  above: readonly string[],
  { languageId, linePrefix }: CompletionContext,
): number | undefined {
  const near: string[] = [];
  const remember = (line: string): void => {
    const role = lineRole(line, languageId);
    // In another block the same may be written again.
    if (role === 'closer' || role === 'continuation') near.length = 0;
    else if (role !== 'blank') near.push(line.trim());
    if (near.length > MAX_DISTANCE) near.shift();
  };
  above.forEach(remember);
  let isBeginning = true;
  /** An `else` branch that has just begun; `before` is the only line of the branch before it. */
  let branch: { readonly at: number; readonly before: string } | undefined;
  for (const [i, line] of lines.entries()) {
    const text = line.trim();
    if (branch !== undefined && text !== '') {
      if (text === branch.before && text.length >= MIN_REPEATED_LENGTH) return branch.at;
      branch = undefined;
    }
    const [opener = '', before = ''] = near.slice(-2);
    if (i > 0 && ELSE.test(text) && opensBlock(opener, languageId)) branch = { at: i, before };
    const isOwn = i > 0 || line !== linePrefix;
    const isRepeated =
      isOwn && near.includes(text) && text.length >= MIN_REPEATED_LENGTH && !mayBeRepeated(text);
    if (isRepeated && !isBeginning) return i;
    if (isOwn && text !== '' && !isRepeated) isBeginning = false;
    remember(line);
  }
  return undefined;
}

/** Elements may be repeated, and consecutive guard clauses may end alike. */
function mayBeRepeated(text: string): boolean {
  return text.startsWith('<') || isJumpStatement(text);
}
