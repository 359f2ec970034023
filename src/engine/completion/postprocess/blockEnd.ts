/** Rules that end a text with the block that it is part of. */
import { BlockScope } from '../../language/blockScope.js';
import { documentLines, stopBefore, type Rule } from './rule.js';

/**
 * Cuts where the text leaves the block that the cursor is in: before a new function below a method's body, after the
 * bracket that closes what is open. `} else {`, `except` and `case` continue the block.
 */
export const cutAtScopeEnd: Rule = {
  name: 'cutAtScopeEnd',
  drop: (text, context) => {
    const scope = new BlockScope(context);
    const lines = text.split('\n');
    for (const [i, line] of documentLines(text, context).entries()) {
      const verdict = scope.take(line);
      if (verdict === 'outside') return lines.slice(0, i).join('\n');
      if (verdict === 'last') return lines.slice(0, i + 1).join('\n');
    }
    return text;
  },
  stopAt: (context) => {
    const scope = new BlockScope(context);
    return ({ text, lines, lineStart, isLineEnd }) => {
      if (!isLineEnd)
        return scope.rulesOut(text.slice(lineStart)) ? stopBefore(lineStart, 'scope') : undefined;
      const verdict = scope.take(lines.at(-1) ?? '');
      if (verdict === 'outside') return stopBefore(lineStart, 'scope');
      return verdict === 'last' ? { keep: text.length, reason: 'scope' } : undefined;
    };
  },
};

/** Blank lines that a text may begin with: two between Python's definitions. */
const MAX_LEADING_BLANK_LINES = 2;

/** From a line's first character on: begun at each, a long line would take the square of its length. */
const LINE_BEFORE_BLANK = /\S(?<=(?:^|\n)[^\S\n]*\S)[^\n]*(\n[ \t]*(?=\n|$))/;

/** Ends the text at its first blank line, where something else begins. Blank lines at its start stay. */
export const cutAtBlankLine: Rule = {
  name: 'cutAtBlankLine',
  drop: (text) => {
    const end = LINE_BEFORE_BLANK.exec(text);
    return end === null ? text : text.slice(0, end.index + end[0].length - (end[1] ?? '').length);
  },
  stopAt:
    () =>
    ({ text, lines, lineStart, isLineEnd }) => {
      if (!isLineEnd || text.slice(lineStart).trim() !== '') return undefined;
      // The end of the cursor's line counts as one.
      const isLeading = text.trim() === '' && lines.length <= MAX_LEADING_BLANK_LINES + 1;
      return isLeading ? undefined : stopBefore(lineStart, 'blankLine');
    },
};
