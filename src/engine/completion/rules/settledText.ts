import type { CompletionContext } from '../completionContext.js';
import { lineComment } from '../lineComment.js';
import { linesAbove } from '../neighbourLines.js';
import { isProse } from '../prose.js';
import { repeatedAbove } from '../repeatedAbove.js';
import { comparedBelow } from '../repeatedBelow.js';
import { distanceShare } from './similarity.js';

/** A sentence to the user is known for one by then. */
const OPENING = 24;
const TALK =
  /^\s*(?:sure|certainly|of|course|okay|absolutely|here|here's|i|i'm|i'm sorry|i apologi[sz]e|as|an|ai|to|当|以|这|很|好)(?:\b|[^\x00-\x7f])/i;
/** What may become a control token, a tag of thoughts, or a fence. */
const MARKUP_BEGUN = /(?:<[|｜/]?[^\s<>()]{0,40}|\[\/?[A-Z]{1,6}|(?<=^|\n)[ \t]*[`~]{1,3}[\w-]*)$/;
/** The end of a word; in scripts without blanks each character is one. */
const WORD_BEGUN = /(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{M}\p{N}_$])+$/u;

/** Lines before a line that it may repeat. */
const FAR = 4;
/** Share of a line that may differ from one that it turns out to repeat. */
const SLIPS = 0.1;

/**
 * What of a text that is still growing can be judged. The last line is cut at a word's border, and what may turn out
 * to be something that the rules drop is left out for now, so that nothing is shown that vanishes a moment later.
 */
export function settledText(raw: string, context: CompletionContext): string {
  const text = beforeRest(raw.replace(MARKUP_BEGUN, ''), context.lineSuffix.trim());
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const below = comparedBelow(context);
  if (lines.length > 0 && (repeatedAbove(lines, context).mayGoOn || isLike(lines, below, context))) return '';
  const settled = mayBeDropped(lines, last, below, context) ? '' : last.replace(WORD_BEGUN, '');
  if (settled.trim() !== '') return [...lines, settled].join('\n');
  return lines.slice(0, lines.length - undecidedLines(lines, below)).join('\n');
}

/** The text before what may be the rest of the cursor's line, which it has begun to write. */
function beforeRest(text: string, rest: string): string {
  for (let length = Math.min(rest.length, text.length); length > 0; length--)
    if (text.endsWith(rest.slice(0, length))) return text.slice(0, text.length - length);
  return text;
}

function mayBeDropped(
  whole: readonly string[],
  last: string,
  below: readonly string[],
  context: CompletionContext,
): boolean {
  const isFirst = whole.every((each) => each.trim() === '');
  if (isFirst && !isProse(context.languageId) && last.length < OPENING && TALK.test(last)) return true;
  const line = (whole.length === 0 ? context.linePrefix + last : last).trim();
  if (mayBeHeading(line, context.languageId)) return true;
  const before = isFirst ? linesAbove(context, FAR) : whole.slice(-FAR);
  if (line === '') return false;
  // What closes may yet open again, or be one bracket of several.
  if (!isFirst && /^[)\]}]/.test(line)) return true;
  return (
    [...before, ...below].some((other) => other.trim().startsWith(line)) || mayBecome(line, below[0] ?? '')
  );
}

/** Whether a line that is still growing may become another one, but for slips. */
function mayBecome(line: string, other: string): boolean {
  const whole = other.trim();
  const slips = distanceShare(line, whole.slice(0, line.length), 1) * line.length;
  return slips <= whole.length * SLIPS;
}

/** Whether all lines so far are nearly the next lines of the document, which goes on. */
function isLike(
  lines: readonly string[],
  below: readonly string[],
  { linePrefix }: CompletionContext,
): boolean {
  const written = lines
    .map((line, i) => (i === 0 ? linePrefix + line : line))
    .filter((line) => line.trim() !== '');
  if (written.length === 0 || written.length >= below.length) return false;
  return written.every((line, i) => mayBecome(line.trim(), below[i] ?? ''));
}

/** How many whole lines at the end may be taken off, depending on what comes next. */
function undecidedLines(lines: readonly string[], below: readonly string[]): number {
  let most = 0;
  // The next lines below have begun.
  for (let count = Math.min(below.length, lines.length - 1); count > most; count--)
    if (lines.slice(-count).every((line, i) => line.trimEnd() === below[i]?.trimEnd())) most = count;
  // Some lines have come for the second time.
  for (let round = 1; round <= FAR; round++) {
    let count = 0;
    while (isAgain(lines, lines.length - 1 - count, round)) count++;
    most = Math.max(most, count);
  }
  return most;
}

function isAgain(lines: readonly string[], at: number, round: number): boolean {
  const line = lines[at]?.trim() ?? '';
  return line !== '' && line === lines[at - round]?.trim();
}

/** A comment of one word so far may name a file. */
function mayBeHeading(line: string, languageId: string): boolean {
  const mark = lineComment(languageId);
  const marks = [mark, '/*', '<!--', '---', '+++'].filter((each) => each !== '');
  const begun = marks.find((each) => line.startsWith(each));
  if (begun === undefined) return false;
  const said = line.slice(begun.length).replace(/\s*(?:\*\/?|-{1,2}>?)$/, '');
  return /^\s*\S*$|^\s*(?:file ?path|path|file|later)\b/i.test(said);
}
