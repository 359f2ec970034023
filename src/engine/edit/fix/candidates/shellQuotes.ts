/**
 * A quote that a shell's script lacks, or that is the wrong one: the shell only notices at the end of the text, since
 * its strings go over lines. The right place is the one after which the fewest lines are within strings.
 */
import { languageOf } from '../../../language/languageOf.js';
import type { Candidate, FixPlace } from './candidate.js';
import { codePart } from './codePart.js';
import { quoteEdits } from './quoteEdits.js';

/** Lines that may have the mistake. */
const MAX_LINES = 24;

export async function* shellQuotes(
  { lines, languageId, text }: FixPlace,
  make: (line: number, newLine: string) => Candidate | undefined,
  isCorrect: (candidate: Candidate) => Promise<boolean>,
): AsyncGenerator<Candidate, void> {
  if (languageId !== 'shellscript') return;
  const before = linesInStrings(text);
  if (before === 0) return;
  const language = languageOf(languageId);
  const found: { readonly candidate: Candidate; readonly left: number }[] = [];
  let tried = 0;
  for (const [line, own] of lines.entries()) {
    const { openQuote } = codePart(own, language);
    if (openQuote === undefined) continue;
    if (++tried > MAX_LINES) return;
    const context = { isDouble: true, languageId, names: new Map<string, number>() };
    for (const each of quoteEdits(own, openQuote, context).flatMap((edits) => edits.lines.slice(0, 3))) {
      const candidate = make(line, each);
      if (candidate === undefined) continue;
      const left = linesInStrings(candidate.document);
      if (left >= before || left > (found[0]?.left ?? Infinity)) continue;
      if (found.some((other) => other.left === left && other.candidate.span.start === line)) continue;
      if (!(await isCorrect(candidate))) continue;
      if (left < (found[0]?.left ?? Infinity)) found.length = 0;
      found.push({ candidate, left });
    }
  }
  const [only, other] = found;
  if (only !== undefined && other === undefined) yield only.candidate;
}

/** Escaped characters, comments and strings; what nothing closes goes to the end. */
const STRINGS = /\\[^]|(?<![^\s])#[^\n]*|"(?:\\[^]|[^"\\])*(?:"|(?![^]))|'[^']*(?:'|(?![^]))/g;

/** Line breaks within strings. */
function linesInStrings(text: string): number {
  let count = 0;
  for (const [token] of text.matchAll(STRINGS))
    if (/^["']/.test(token)) count += token.split('\n').length - 1;
  return count;
}
