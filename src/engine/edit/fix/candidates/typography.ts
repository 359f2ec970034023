/**
 * Characters that a word processor, a chat or an input method writes in place of those that code needs: curly quotes,
 * full-width punctuation, blanks that are none, characters that don't show. In strings and comments they stay.
 */
import { codeSpans } from '../../../language/codeOnly.js';
import { languageOf } from '../../../language/languageOf.js';
import { candidateOf, type Candidate, type FixPlace } from './candidate.js';

const FOREIGN =
  /[\u00a0\u2000-\u200d\u2010-\u201f\u2026\u202f\u205f\u2060\u2212\u3000-\u3002\uff01-\uff20\uff3b-\uff40\uff5b-\uff5e]|(?<!^)\ufeff/u;
const BLANKS = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const INVISIBLE = /[\u200b-\u200d\u2060]|(?<!^)\ufeff/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
/** Between such quotes is a string, whatever it holds. One of the two may be the right one already. */
const DOUBLE = /[“”„‟＂]([^“”„‟＂"\n]*)[“”„‟＂"]|"([^“”„‟＂"\n]*)[“”„‟＂]/g;
const SINGLE = /[‘’‚‛＇]([^‘’‚‛＇'\n]*)[‘’‚‛＇']|'([^‘’‚‛＇'\n]*)[‘’‚‛＇]/g;
/** From the full-width form of a character to its own. */
const WIDTH = 0xfee0;

/** The whole text with its code in plain characters, then the lines of the problem alone. */
export function typographyCandidates({ text, languageId, lines, target }: FixPlace): readonly Candidate[] {
  if (!FOREIGN.test(text)) return [];
  const start = lines.slice(0, target.start).join('\n').length;
  const end = lines.slice(0, target.end).join('\n').length + 1;
  const inTarget = (offset: number): boolean => offset >= start && offset < end;
  const found: Candidate[] = [];
  for (const isIncluded of [() => true, inTarget])
    for (const quote of ["'", '"']) {
      const after = inPlainCharacters(text, languageId, quote, isIncluded);
      const candidate = candidateOf(text, after, { origin: 'syntax', needsProof: true });
      if (candidate !== undefined && !found.some(({ document }) => document === after)) found.push(candidate);
    }
  return found;
}

/** @param single the quote that single ones become: some languages have no strings in these */
function inPlainCharacters(
  text: string,
  languageId: string,
  single: string,
  isIncluded: (offset: number) => boolean,
): string {
  let [plain, from] = ['', 0];
  for (const { start, end } of codeSpans(text, languageOf(languageId))) {
    plain += text.slice(from, start);
    let offset = start;
    for (const line of text.slice(start, end).split(/(?<=\n)/)) {
      plain += isIncluded(offset) ? plainLine(line, single) : line;
      offset += line.length;
    }
    from = end;
  }
  return plain;
}

function plainLine(line: string, single: string): string {
  const strings: string[] = [];
  // What is between quotes isn't code: it comes back at the end.
  const keep = (quote: string) => (_: string, one?: string, other?: string) =>
    `\0${strings.push(quote + (one ?? other ?? '') + quote) - 1}\0`;
  return line
    .replace(DOUBLE, keep('"'))
    .replace(SINGLE, keep(single))
    .replace(BLANKS, ' ')
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .replaceAll('\u2026', '...')
    .replaceAll('\u3001', ',')
    .replaceAll('\u3002', '.')
    .replace(/[\uff01-\uff20\uff3b-\uff40\uff5b-\uff5e]/g, (wide) =>
      String.fromCharCode(wide.charCodeAt(0) - WIDTH),
    )
    .replace(/\0(\d+)\0/g, (_, index: string) => strings[Number(index)] ?? '');
}
