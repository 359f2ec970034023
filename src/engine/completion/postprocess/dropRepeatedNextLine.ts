import { distance } from 'fastest-levenshtein';
import { languageOf } from '../../language/languageOf.js';
import { lineRole, opensBlock } from '../../language/lineRole.js';
import { indentWidth } from '../../language/lines.js';
import { heredocEnd } from '../../language/multilineText.js';
import { linesBelow } from '../../language/textAround.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { COMPARED_LINES, isBeginningOf, stopBefore, type Rule } from './rule.js';

/** A shorter line (`pass`, `else:`) may well follow itself, so its indentation must agree as well. */
const LONG = 16;
const MIN_LENGTH = 2;
/** Share of a line that may differ. */
const NEARLY = 0.1;

/** Ends the text where it begins to repeat what is below the cursor. */
export const dropRepeatedNextLine: Rule = {
  name: 'dropRepeatedNextLine',
  drop: (text, context) => {
    const lines = text.split('\n');
    // If the cursor's line was finished before the text, it isn't compared.
    const compared = lines.map((line, i) =>
      i === 0 && line.trim() !== '' ? context.linePrefix + line : line,
    );
    const found = repeatedBelow(compared, linesBelow(context, COMPARED_LINES), context);
    return found === undefined ? text : lines.slice(0, found).join('\n');
  },
  stopAt: (context) => {
    const below = linesBelow(context, COMPARED_LINES);
    return ({ text, lines, starts, lineStart, isLineEnd }) => {
      if (!isLineEnd || text.slice(lineStart).trim() === '') return undefined;
      const found = repeatedBelow(lines, below, context);
      return found === undefined ? undefined : stopBefore(starts[found] ?? 0, 'suffix');
    };
  },
  mightBeDropped: ({ line }, context) => (isBeginningOf(linesBelow(context, COMPARED_LINES), line) ? 1 : 0),
};

/**
 * The first line that repeats the next one below the cursor, or that is a closing line and with the lines after it
 * repeats the next few.
 * @returns its index; `undefined` when there is none
 */
function repeatedBelow(
  lines: readonly string[],
  below: readonly string[],
  context: CompletionContext,
): number | undefined {
  const { languageId } = context;
  const [next, ...later] = below;
  if (next === undefined) return undefined;
  const end = heredocEnd(context);
  const isEndBelow = end !== undefined && context.suffix.split('\n').some((line) => line.trim() === end);
  const floor = indentWidth(lines.find((line) => line.trim() !== '') ?? '');
  const found = lines.findIndex((line, i) => {
    if (line.trim() === '') return false;
    const isProof = repeatsNext(line, next, languageId) && !isWeak(line, languageId);
    // What ends a here-document does so once.
    if (isEndBelow && line.trim() === end) return true;
    const isSibling = indentWidth(line) <= floor && !isNearly(lines[i - 1], below[i - 1]);
    if (isSibling && later.some((other) => repeatsLater(line, other, languageId))) return true;
    return isProof || repeatsFew(lines.slice(i), below, languageId);
  });
  return found < 0 ? undefined : found;
}

function repeatsNext(line: string, next: string, languageId: string): boolean {
  if (languageOf(languageId).isProse && hasSameNumber(line, next)) return true;
  const [own, other] = [withoutEnd(line, languageId), withoutEnd(next, languageId)];
  if (own.length < MIN_LENGTH || lineRole(line, languageId) === 'closer') return false;
  if (own.length < LONG && indentWidth(line) !== indentWidth(next)) return false;
  return own === other;
}

/** Whether two items of a list have one number. */
function hasSameNumber(line: string, next: string): boolean {
  const [own, other] = [line, next].map((each) => /^\s*\d+[.)](?=\s)/.exec(each)?.[0]);
  // In many lists each item has the number 1.
  return own !== undefined && own === other && !/^\s*1[.)]/.test(own);
}

/** Whether a line is one of the next few. Elements may be repeated, and deeper lines of what the text begins be alike. */
function repeatsLater(line: string, other: string, languageId: string): boolean {
  if (line.trim().length < LONG || line.trim().startsWith('<') || isWeak(line, languageId)) return false;
  return line.trimEnd() === other.trimEnd();
}

/** Whether the lines before two equal ones are nearly equal: such blocks are left to `dropSimilarBlockBelow`. */
function isNearly(line = '', other = ''): boolean {
  const [own, below] = [line.trim(), other.trim()];
  return own !== '' && distance(own, below) <= own.length * NEARLY;
}

/** Without a statement's end, and without an item's number, which is another one. */
function withoutEnd(line: string, languageId: string): string {
  const text = line.trim().replace(/[;,]$/, '');
  return languageOf(languageId).isProse ? text.replace(/^\d+[.)]\s+/, '') : text;
}

/** A weak line alone proves nothing. With the lines after it, up to one that isn't weak, it does. */
function repeatsFew(lines: readonly string[], below: readonly string[], languageId: string): boolean {
  for (const [i, other] of below.entries()) {
    const line = lines[i];
    if (line?.trimEnd() !== other.trimEnd()) return false;
    if (!isWeak(line, languageId)) return true;
  }
  return false;
}

/** What closes a block, opens one, or precedes a definition may well be there twice. */
function isWeak(line: string, languageId: string): boolean {
  const role = lineRole(line, languageId);
  return role === 'closer' || role === 'attribute' || opensBlock(line, languageId);
}
