import type { Language } from './language.js';

/** A string or a comment. */
interface Literal {
  readonly open: string;
  readonly whole: RegExp;
  readonly isComment: boolean;
  /** Up to where none closes if one doesn't; left out where that says nothing about the next one. */
  readonly openUntil?: 'line end' | 'text end';
}

function literalsOf({ lineComment, blockComment, apostrophe }: Language): readonly Literal[] {
  const literal = (open: string, rest: string, openUntil?: 'line end' | 'text end'): Literal => ({
    open,
    whole: new RegExp(escaped(open) + rest, 'y'),
    isComment: false,
    ...(openUntil === undefined ? {} : { openUntil }),
  });
  const comment = (...args: Parameters<typeof literal>): Literal => ({
    ...literal(...args),
    isComment: true,
  });
  const string = (quote: string): Literal =>
    literal(quote, `(?:\\\\[^\\n]|[^${quote}\\\\\\n])*${quote}`, 'line end');
  const found: Literal[] = [];
  if (lineComment === '"') found.push({ open: '"', whole: /(?<=(?:^|\n)[ \t]*)"[^\n]*/y, isComment: true });
  else if (lineComment !== '') found.push(comment(lineComment, '[^\\n]*'));
  if (blockComment !== undefined)
    found.push(comment(blockComment[0], `[^]*?${escaped(blockComment[1])}`, 'text end'));
  found.push(literal('"""', '[^]*?"""', 'text end'), literal("'''", "[^]*?'''", 'text end'));
  found.push(string('"'), literal('`', '(?:\\\\[^]|[^`\\\\])*`', 'text end'));
  // Where an apostrophe encloses one character, it may also be alone (Rust's lifetimes, C++'s digit separators).
  found.push(apostrophe === 'string' ? string("'") : literal("'", "(?:\\\\[^'\\n]*|[^'\\\\\\n])'"));
  return found;
}

/**
 * The text without comments, as well as they can be told without a grammar.
 * @param without `all`: without strings, too
 */
export function codeOnly(text: string, language: Language, without: 'all' | 'comments' = 'all'): string {
  return codeSpans(text, language, without)
    .map(({ start, end }) => text.slice(start, end))
    .join('');
}

/** A part of a text, by offsets. */
interface CodeSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the text is neither a comment nor, unless they are asked for, a string. The end of a comment or a string that
 * isn't closed is searched for once, not again from each quote in it.
 */
export function codeSpans(
  text: string,
  language: Language,
  without: 'all' | 'comments' = 'all',
): readonly CodeSpan[] {
  const literals = literalsOf(language);
  const openUntil = new Map<Literal, number>();
  const literalAt = (at: number): { readonly end: number; readonly isComment: boolean } | undefined => {
    for (const literal of literals) {
      const { open, whole, isComment } = literal;
      if (!text.startsWith(open, at) || at < (openUntil.get(literal) ?? 0)) continue;
      whole.lastIndex = at;
      if (whole.test(text)) return { end: whole.lastIndex, isComment };
      if (literal.openUntil === undefined) continue;
      const lineEnd = literal.openUntil === 'line end' ? text.indexOf('\n', at) : -1;
      openUntil.set(literal, lineEnd < 0 ? text.length : lineEnd);
    }
    return undefined;
  };
  const beginning = new RegExp(literals.map(({ open }) => escaped(open)).join('|'), 'g');
  const spans: CodeSpan[] = [];
  let start = 0;
  for (let found = beginning.exec(text); found !== null; found = beginning.exec(text)) {
    const literal = literalAt(found.index);
    beginning.lastIndex = literal?.end ?? found.index + 1;
    if (literal === undefined || (without === 'comments' && !literal.isComment)) continue;
    spans.push({ start, end: found.index });
    start = literal.end;
  }
  return [...spans, { start, end: text.length }];
}

function escaped(text: string): string {
  return text.replace(/[^\w\s]/g, '\\$&');
}

/** The beginning of a line of comment in most languages. */
const COMMENT = /^(?:\/\/|\/\*|\*|--|;;|%%|'''|"""|<!--|<#|\(\*|\{-|#(?!\[|!\[|include|define|if|pragma))/;

export function looksLikeComment(line: string): boolean {
  return COMMENT.test(line.trim());
}

/** Whether a line is nothing but comment, or one's beginning. */
export function isComment(line: string, { lineComment, blockComment }: Language): boolean {
  const text = line.trim();
  const marks = [lineComment, blockComment?.[0] ?? ''].filter((mark) => mark !== '');
  return looksLikeComment(text) || marks.some((mark) => text.startsWith(mark) && !text.startsWith('#['));
}
