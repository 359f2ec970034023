import { lineRole } from '../../language/lineRole.js';
import { indentWidth } from '../../language/lines.js';
import { linesAbove } from '../../language/textAround.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { COMPARED_LINES, isBeginningOf, type Rule } from './rule.js';

/** A shorter line above may be wanted once more: `i++;`, `foo();`. */
export const MIN_REPEATED_LENGTH = 8;

/**
 * Drops a text that only repeats the line above, or the last few. What follows such lines stays: the model has begun
 * some lines too early.
 */
export const dropRepeatedPreviousLine: Rule = {
  name: 'dropRepeatedPreviousLine',
  drop: (text, context) => {
    const { linePrefix } = context;
    const lines = text.split('\n');
    const { start, count } = repeatedAbove(lines, context);
    if (count === 0) return text;
    const rest = lines.slice(start + count);
    if (rest.every((line) => line.trim() === '')) return '';
    if (start > 0) return [...lines.slice(0, start), ...rest].join('\n');
    const [first = ''] = rest;
    // After text on the cursor's line the rest would have to begin below it.
    return linePrefix.trim() === '' && first.startsWith(linePrefix)
      ? rest.join('\n').slice(linePrefix.length)
      : '';
  },
  mightBeDropped: ({ lines, line, isFirst }, context) => {
    if (lines.length > 0 && repeatedAbove(lines, context).isUndecided) return lines.length + 1;
    if (!isFirst) return 0;
    const { linePrefix } = context;
    const above = lines.length > 0 && linePrefix.trim() !== '' ? [linePrefix] : [];
    return isBeginningOf([...above, ...linesAbove(context, COMPARED_LINES)], line) ? 1 : 0;
  },
};

interface RepeatedAbove {
  /** The index of the first line that is not blank. */
  readonly start: number;
  /** How many lines from there on are the last lines above the cursor. */
  readonly count: number;
  /** Whether all lines so far are lines above the cursor, but the last one above is still to come. */
  readonly isUndecided: boolean;
}

function repeatedAbove(lines: readonly string[], context: CompletionContext): RepeatedAbove {
  const { linePrefix, languageId } = context;
  const start = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ''),
  );
  const written = lines.slice(start);
  const isBelowCursor = start > 0 && linePrefix.trim() !== '';
  if (start === 0) written[0] = linePrefix + (written[0] ?? '');
  const above = [...(isBelowCursor ? [linePrefix] : []), ...linesAbove(context, COMPARED_LINES)].reverse();
  let isUndecided = false;
  for (let from = 0; from < above.length; from++) {
    const last = above.slice(from);
    const equal = last.findIndex((line, i) => !repeats(written[i] ?? '', line, languageId));
    if (equal < 0) return { start, count: last.length, isUndecided: false };
    if (equal > 0 && equal === written.length) isUndecided = true;
  }
  return { start, count: 0, isUndecided };
}

function repeats(line: string, above: string, languageId: string): boolean {
  if (line.trim().length < MIN_REPEATED_LENGTH || line.trim() !== above.trim()) return false;
  return indentWidth(line) === indentWidth(above) && lineRole(line, languageId) !== 'closer';
}
