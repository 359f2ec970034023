import type { CompletionContext } from '../completionContext.js';
import { lineComment } from '../lineComment.js';
import { linesAbove, linesBelow } from '../neighbourLines.js';
import { isProse } from '../prose.js';
import { repeatedAbove } from '../repeatedAbove.js';

/** A sentence to the user is known for one by then. */
const OPENING = 24;
const TALK =
  /^\s*(?:sure|certainly|of|course|okay|absolutely|here|here's|i|i'm|i'm sorry|i apologi[sz]e|as|an|ai|to|当|以|这|很|好)(?:\b|[^\x00-\x7f])/i;
/** What may become a control token, a tag of thoughts, or a fence. */
const MARKUP_BEGUN = /(?:<[|｜/]?[^\s<>()]{0,40}|\[\/?[A-Z]{1,6}|(?:^|\n)[ \t]*[`~]{1,3}[\w-]*)$/;
/** The end of a word; in scripts without blanks each character is one. */
const WORD_BEGUN = /(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{M}\p{N}_$])+$/u;

/** Lines below that a text may run into. */
const LINES_BELOW = 3;

/**
 * What of a text that is still growing can be judged. The last line is cut at a word's border, and what may turn out
 * to be something that the rules drop is left out for now, so that nothing is shown that vanishes a moment later.
 */
export function settledText(raw: string, context: CompletionContext): string {
  const text = raw.replace(MARKUP_BEGUN, '');
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  if (lines.length > 0 && repeatedAbove(lines, context).mayGoOn) return '';
  const below = linesBelow(context, LINES_BELOW);
  const settled = mayBeDropped(lines, last, below, context) ? '' : last.replace(WORD_BEGUN, '');
  if (settled.trim() !== '') return [...lines, settled].join('\n');
  return lines.slice(0, lines.length - linesRunningInto(lines, below)).join('\n');
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
  const before = isFirst ? linesAbove(context, 4) : whole.slice(-1);
  return line !== '' && [...before, ...below].some((other) => other.trim().startsWith(line));
}

/** How many whole lines at the end are the next lines below, or a line twice: what comes next tells what they are. */
function linesRunningInto(lines: readonly string[], below: readonly string[]): number {
  const [one, two] = lines.slice(-2).map((line) => line.trim());
  if (one !== '' && one === two) return 1;
  for (let count = Math.min(below.length, lines.length - 1); count > 0; count--) {
    const tail = lines.slice(-count);
    if (tail.every((line, i) => line.trimEnd() === below[i]?.trimEnd())) return count;
  }
  return 0;
}

/** A comment of one word so far may name a file. */
function mayBeHeading(line: string, languageId: string): boolean {
  const mark = lineComment(languageId);
  const marks = [mark, '/*', '<!--', '---', '+++'].filter((each) => each !== '');
  const begun = marks.find((each) => line.startsWith(each));
  return (
    begun !== undefined && /^\s*[^\s]*$|^\s*(?:file ?path|path|file|later)\b/i.test(line.slice(begun.length))
  );
}
