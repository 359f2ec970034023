import { BracketScanner } from '../../language/brackets.js';
import { firstCloser } from '../../language/lineRest.js';
import { linesBelow } from '../../language/textAround.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { cutDoubledBracket } from './doubledBrackets.js';
import { COMPARED_LINES, type Rule } from './rule.js';

/** Takes off the text's end what already follows the cursor on its line: `a = ▮;` and `b;` give `b`. */
export const cutSuffixOverlap: Rule = {
  name: 'cutSuffixOverlap',
  drop: (text, context) => {
    const rest = context.lineSuffix.trim();
    if (rest === '') return text;
    const [first = ''] = text.split('\n');
    const closerAt = findCloser(first, rest, context);
    if (closerAt !== undefined) return first.slice(0, closerAt);
    const wholeRestAt = findWholeRest(first, rest, context);
    if (wholeRestAt !== undefined) return first.slice(0, wholeRestAt);
    const written = first.trimEnd();
    for (let length = Math.min(rest.length, written.length); length > 0; length--) {
      const overlap = rest.slice(0, length);
      if (!written.endsWith(overlap) || !isEnoughOverlap(overlap, length === rest.length)) continue;
      // Closing brackets are counted by another rule. A quote or `>` is the text's own if the text opened it.
      if (/^[)\]}]/.test(overlap) || (/^[>'"`]/.test(overlap) && !isExcess(written, overlap))) continue;
      return written.slice(0, written.length - length);
    }
    return text;
  },
};

/** Takes whole lines off the text's end that are the next lines of the document. */
export const cutRepeatedSuffix: Rule = {
  name: 'cutRepeatedSuffix',
  drop: (text, { suffix, lineSuffix, languageId }) => {
    if (lineSuffix.trim() !== '') return text;
    const lines = text.split('\n').map((line) => line.trimEnd());
    const below = suffix
      .slice(lineSuffix.length)
      .replace(/^\n/, '')
      .split('\n', lines.length)
      .map((line) => line.trimEnd());
    for (let length = Math.min(lines.length - 1, below.length); length > 0; length--) {
      const tail = lines.slice(-length);
      if (!tail.every((line, i) => line === below[i]) || tail.every((line) => line === '')) continue;
      // Lines that only close may close what the text itself has opened.
      if (tail.every((line) => /^[\s)\]}>;,]*$/.test(line)) && isBalanced(text, languageId)) continue;
      return lines.slice(0, -length).join('\n');
    }
    return text;
  },
  mightBeDropped: ({ lines, line }, context) => {
    if (line !== '') return 0;
    const below = linesBelow(context, COMPARED_LINES);
    for (let count = Math.min(below.length, lines.length - 1); count > 0; count--)
      if (lines.slice(-count).every((each, i) => each.trimEnd() === below[i]?.trimEnd())) return 1 + count;
    return 1;
  },
};

/** An unfinished text without what may be the beginning of the rest of the cursor's line. */
export function beforeBegunSuffix(text: string, { lineSuffix }: CompletionContext): string {
  const rest = lineSuffix.trim();
  for (let length = Math.min(rest.length, text.length); length > 0; length--)
    if (text.endsWith(rest.slice(0, length))) return text.slice(0, text.length - length);
  return text;
}

/** The rest of a suggestion of which a part was typed, where the editor has added closing brackets after the cursor. */
export function withoutClosing(rest: string, context: CompletionContext): string {
  return cutDoubledBracket.drop(cutSuffixOverlap.drop(rest, context), context);
}

/**
 * Whether the end of a text and the beginning of what follows the cursor agree in enough to be the same. Punctuation
 * always is. Letters that agree may be a coincidence (`x = ▮n` and `return`): they count only if they are the whole
 * rest of the line, and three of them, or two where a character is a word, as in `中文`.
 */
export function isEnoughOverlap(overlap: string, isWholeRest: boolean): boolean {
  if (!/^[\p{L}\p{N}_]/u.test(overlap)) return true;
  return isWholeRest && overlap.length >= (/^[\x00-\x7f]/.test(overlap) ? 3 : 2);
}

/** Where in the text, outside its brackets, the whole rest of the line is; the text then continues with something else. */
function findWholeRest(text: string, rest: string, context: CompletionContext): number | undefined {
  if (rest !== ';' && (rest.length < 2 || !isEnoughOverlap(rest, true))) return undefined;
  for (let at = text.indexOf(rest); at >= 0; at = text.indexOf(rest, at + 1)) {
    const scanner = new BracketScanner(context.languageId).push(context.linePrefix);
    scanner.mark();
    if (scanner.push(text.slice(0, at)).isLevel) return at;
  }
  return undefined;
}

/** Where in the text, outside its own brackets, the closer is that the rest of the line begins with. */
function findCloser(
  text: string,
  rest: string,
  { languageId, linePrefix }: CompletionContext,
): number | undefined {
  const closer = firstCloser(rest, languageId);
  if (closer === undefined) return undefined;
  const isTagEnd = closer.text === '/>';
  const scanner = new BracketScanner(languageId).push(linePrefix);
  scanner.mark();
  let scanned = 0;
  for (const { index } of text.matchAll(isTagEnd ? /(?<![=-])\/?>/g : closerPattern(closer.text))) {
    scanner.push(text.slice(scanned, index));
    scanned = index;
    // A comment or a template's tag ends wherever that is written.
    if (scanner.isLevel || !(closer.isHeadEnd || isTagEnd)) return index;
  }
  return undefined;
}

function closerPattern(closer: string): RegExp {
  const escaped = closer.replace(/^[-+~=_](?=[%?#][}>])/, '').replace(/[^\w\s]/g, '\\$&');
  if (/^\w/.test(closer)) return new RegExp(`\\b${escaped}\\b`, 'gi');
  // The end of a template's tag may strip blanks: `-%}`.
  return new RegExp(
    /^[%?#]/.test(escaped.replace('\\', '')) ? `(?:(?<=\\s)[-+~=_])?${escaped}` : escaped,
    'g',
  );
}

/** Whether the text closes more than it opens, so that the closing part at its end is the suffix's. */
function isExcess(text: string, overlap: string): boolean {
  const close = overlap[0] ?? '';
  return close === '>' ? count(text, close) > count(text, '<') : count(text, close) % 2 === 1;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function isBalanced(text: string, languageId: string): boolean {
  const { isLevel, excess } = new BracketScanner(languageId).push(text);
  return isLevel && excess.length === 0;
}
