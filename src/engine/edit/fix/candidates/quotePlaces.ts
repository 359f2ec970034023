/** Places of a line at which a missing quote leaves only strings that look like strings. */

/** Of one line. */
const MAX_PLACES = 16;
/** What may be directly before a string: a prefix, a bracket, an operator. */
const BEFORE = /(?:^|[\s([{,;:=+\-*/%<>!&|?.@]|(?<![\w$])(?:[rRbBfFuUL]{1,2}|u8|\$))$/;
/** A word, a number or a string next to another one: an operator lacks. */
const NEIGHBOUR =
  /^\s*(?:["'`]|(?!(?:and|as|else|for|from|if|in|is|not|or|then|of|instanceof|do)\b)[\p{L}\p{N}_$])/u;
const WORD_BEFORE =
  /(?:^|[^\p{L}\p{N}_$])(?!(?:and|as|else|for|from|if|in|is|not|or|return|case|of|import|yield|assert|raise|throw|print|echo|require|include|elif|when|await|typeof|del|lambda|with|while|until|export|default)\s)[\p{L}_$][\p{L}\p{N}_$]*\s+$/u;
/** A string's beginning that is rather what follows a string. */
const SEPARATOR_AT_START = /^\s*[,)\]]\s*\S/;

/** The line with its missing quote at each place that leaves the line in order. */
export function onlyPlaces(code: string, rest: string, quote: string): string[] {
  const found: string[] = [];
  for (const { index } of code.matchAll(
    /(?<=[\p{L}\p{N}_$.:/)\]!?%*+-])(?![\p{L}\p{N}_$])|(?<![\p{L}\p{N}_$])(?=[\p{L}\p{N}_$./%@<-])/gu,
  )) {
    const line = code.slice(0, index) + quote + code.slice(index);
    if (isInOrder(line, false) && !found.includes(line + rest)) found.push(line + rest);
    if (found.length >= MAX_PLACES) break;
  }
  return found;
}

/** The line with one of its quotes as another one, where that leaves it in order. */
export function swappedQuotes(code: string, rest: string, wanted: string, isShell: boolean): string[] {
  const found: string[] = [];
  for (const { index, 0: quote } of code.matchAll(/["']/g)) {
    const other = quote === '"' ? "'" : '"';
    const line = code.slice(0, index) + other + code.slice(index + 1);
    // What is left of a pair belongs to another string.
    const strings = line.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g) ?? [];
    if (strings.some((string) => isUneven(string.slice(1, -1)))) continue;
    if (!isInOrder(line, isShell)) continue;
    if (other === wanted) found.unshift(line + rest);
    else found.push(line + rest);
  }
  return found;
}

/** Whether a string's text has one quote of a pair; an apostrophe is none. */
function isUneven(text: string): boolean {
  const marks = text.replace(/(?<=\p{L})'(?=\p{L})/gu, '');
  return ['"', "'"].some((quote) => (marks.split(quote).length - 1) % 2 !== 0);
}

/** Whether each quote has its partner, and strings and words have operators between them, which a shell doesn't need. */
function isInOrder(line: string, isShell: boolean): boolean {
  let from = 0;
  for (;;) {
    const start = line.slice(from).search(/["'`]/);
    if (start < 0) return true;
    const begin = from + start;
    const quote = line[begin] ?? '';
    let end = begin + 1;
    while (end < line.length && line[end] !== quote) end += line[end] === '\\' ? 2 : 1;
    if (end >= line.length) return false;
    const before = line.slice(from, begin);
    const after = line.slice(end + 1);
    if (!BEFORE.test(line.slice(0, begin))) return false;
    if (isShell ? /^["'\w]/.test(after) : WORD_BEFORE.test(before) || NEIGHBOUR.test(after)) return false;
    if (SEPARATOR_AT_START.test(line.slice(begin + 1, end)) && !/[+(]\s*$/.test(before)) return false;
    from = end + 1;
  }
}

/** The string of a key that lacks its closing quote: `"a: "b"`, `{"a: 1`. */
export function keyEnd(code: string, rest: string, { quote }: { readonly quote: string }): string[] {
  const key = new RegExp(`^(\\s*${quote}[^'":\\s]+)(:\\s+${quote}[^${quote}]*${quote},?)$`).exec(code);
  if (key !== null) return [(key[1] ?? '') + quote + (key[2] ?? '') + rest];
  const inner = new RegExp(`\\{\\s*${quote}\\w+(?=: ?[\\w[{][^${quote}]*$)`).exec(code);
  if (inner === null) return [];
  const end = inner.index + inner[0].length;
  return [code.slice(0, end) + quote + code.slice(end) + rest];
}

const OPEN_CHARACTER =
  /(?<=[\s([{,=:!<>])'(?:\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|.)|[^\\'\s]|\w(?!\w))(?=\s*(?:[;,:)\]}{]|&&|\|\||[=!<>]=|$))/g;
const CLOSED_CHARACTER = /(?<=\bcase\s+|[=(,]\s*)(?=\\(?:[abfnrtv\\0]|x[\da-fA-F]{2}|u[\da-fA-F]{4})')/g;

/** A character that lacks one of its quotes, the only one of its line: `a == 'b && c`, `case \n':`. */
export function characterEnds(code: string, rest: string): string[] {
  const places = [
    ...[...code.matchAll(OPEN_CHARACTER)].map(({ index, 0: { length } }) => index + length),
    ...[...code.matchAll(CLOSED_CHARACTER)].map(({ index }) => index),
  ];
  const [place, other] = places;
  return place === undefined || other !== undefined
    ? []
    : [`${code.slice(0, place)}'${code.slice(place)}${rest}`];
}

/** Of a format: `%d`, `{}`; not a number when there is none. */
const placeholders = (format: string): number => format.match(/%[-\d.]*[a-z]|\{\w*\}/g)?.length ?? NaN;

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/**
 * A string that ends where code follows: `"%d, counter_);` with the text's own names in it, of which one isn't a plain
 * word, or the attribute of one is asked for.
 */
export function codeTail(
  code: string,
  rest: string,
  { quote, at }: { readonly quote: string; readonly at: number },
  names: ReadonlyMap<string, number>,
): string[] {
  const inside = code.slice(at + 1);
  if (inside.includes(quote)) return [];
  const separators = [...inside.matchAll(/\s*,\s+|\s+%\s+\(?|(?<=[^\s:=,(]|\s)\s\+\s/g)];
  const first = separators[0]?.index;
  for (const { index, 0: separator } of separators) {
    const tail = inside.slice(index + separator.length);
    if (/["'`]/.test(tail)) return [];
    // `return ", false`: the string is empty.
    if (index === 0 && !/\breturn\s+$/.test(code.slice(0, at))) return [];
    const words = [...tail.matchAll(NAME)].map(({ 0: word, index: place }) => ({
      word,
      isAttribute: tail[place - 1] === '.',
    }));
    const areKnown =
      words.length > 0 && words.every(({ word, isAttribute }) => isAttribute || names.has(word));
    const isCode = /^[\w$.()[\]\s\-+*/,%};:]+$/.test(tail);
    const isSure =
      words.some(({ word }) => /_|[a-z][A-Z]|^(?:self|this)$/.test(word)) ||
      /\w\.\w|\w[([]/.test(tail) ||
      (separator.includes('+') && /\s$/.test(inside.slice(0, index))) ||
      (index === first && placeholders(inside.slice(0, index)) === words.length);
    if (areKnown && isCode && (isSure || index === 0))
      return [code.slice(0, at + 1 + index) + quote + code.slice(at + 1 + index) + rest];
  }
  return [];
}
