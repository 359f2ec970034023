import type { Language } from '../../../language/languageOf.js';

const QUOTES = `"'\``;

export interface CodePart {
  /** The line without its comment and the blanks before it. */
  readonly code: string;
  /** The rest: blanks and a comment. */
  readonly rest: string;
  /** The quote that nothing closes on this line, with its place. */
  readonly openQuote: { readonly quote: string; readonly at: number } | undefined;
}

/** Splits a line at its comment. A quote that nothing closes makes the comment part of the code. */
export function codePart(
  line: string,
  {
    lineComment,
    blockComment,
    apostrophe,
    hasBackticks,
  }: Pick<Language, 'lineComment' | 'blockComment' | 'apostrophe' | 'hasBackticks'>,
): CodePart {
  let quote: { readonly quote: string; readonly at: number } | undefined;
  let end = line.length;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (quote !== undefined) {
      if (character === '\\') at++;
      else if (character === quote.quote) quote = undefined;
    } else if (
      (lineComment !== '' && line.startsWith(lineComment, at) && isCommentStart(line, at, lineComment)) ||
      (blockComment !== undefined && isLastComment(line, at, blockComment))
    ) {
      end = at;
      break;
    } else if (
      QUOTES.includes(character) &&
      (hasBackticks || character !== '`') &&
      !(character === "'" && isAlone(line, at, apostrophe))
    ) {
      quote = { quote: character, at };
    }
  }
  const code = line.slice(0, end).trimEnd();
  return { code, rest: line.slice(code.length), openQuote: quote };
}

/** `#` within a word is none: `$#`, `a#b`. */
function isCommentStart(line: string, at: number, mark: string): boolean {
  return mark.length > 1 || at === 0 || /\s/.test(line[at - 1] ?? '');
}

/** A comment that ends the line, and at its end. */
function isLastComment(line: string, at: number, [start, end]: readonly [string, string]): boolean {
  if (!line.startsWith(start, at)) return false;
  return line.indexOf(end, at + start.length) === line.trimEnd().length - end.length;
}

/** Rust's lifetimes and C++'s digit separators. */
function isAlone(line: string, at: number, apostrophe: Language['apostrophe']): boolean {
  return apostrophe !== 'string' && !/^'(?:\\.[^']*|[^'\\])'/.test(line.slice(at));
}
