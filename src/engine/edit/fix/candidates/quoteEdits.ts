/** Ways to correct the quotes of one line. */
import { atTail, MAX_PLACES, TAIL, type TokenEdits } from './lineTail.js';
import { codeTail, keyEnd, onlyPlaces, swappedQuotes } from './quotePlaces.js';

/** An argument or an operand that ends the line: the string may have ended before it. */
const CODE_AT_END = /(?:,|\s[-+%&|<.]{1,2})\s*[\w.$[\]()'"\\]+[)\]};,:\s]*$|\.\w+\([^()]*\)[)\]};,\s]*$/;
const SHELL_OPERATOR = /[|<>;&)]/;

/** Where a string may begin: after these, and at the line's beginning unless that is a keyword's. */
const BEFORE_STRING =
  /^\s*(?=use (?:strict|client|server)\b)|^\s*(?!#|[a-z]+\s)|\bcase\s+|[(=,[:{+]\s*|<<\s*|\b(?:return|from|import)\s+|#\s*include\s*|(?<=\s-[a-z]\s)/g;
/** Languages in which a single quote holds one character. */
const WITH_CHARACTERS = new Set(['c', 'cpp', 'cuda-cpp', 'java', 'go', 'rust', 'csharp']);

interface QuoteContext {
  /** Strings of the text are rather in double quotes. */
  readonly isDouble: boolean;
  readonly languageId: string;
  /** Names in the text's code. */
  readonly names: ReadonlyMap<string, number>;
}

interface OpenQuote {
  readonly quote: string;
  readonly at: number;
}

/** Closes a quote, opens it before the word that it ends, or makes two quotes of a pair equal. */
export function quoteEdits(
  line: string,
  open: OpenQuote,
  { isDouble, languageId, names }: QuoteContext,
): readonly TokenEdits[] {
  const { quote, at } = open;
  const isShell = languageId === 'shellscript';
  // Without its partner, it runs what follows.
  if (isShell && quote === '`') return [];
  const code = line.trimEnd();
  const rest = line.slice(code.length);
  const tail = TAIL.exec(code)?.[0] ?? '';
  const isClosing = code.length - tail.length - 1 === at;
  const opening = openings(code, rest, open);
  const closing = atTail(code, rest, quote).reverse();
  const { first, isCode } = afterFirstWord(code, rest, quote, at);
  const inside = code.slice(at + 1);
  // Of a string that is just begun, or that may end before what looks like code, no place is known.
  const isUnknown =
    inside.trim() === '' ||
    CODE_AT_END.test(inside) ||
    (isShell && (SHELL_OPERATOR.test(inside) || (quote === "'" && /"\$/.test(inside))));
  if (isShell && /[^\s=({[]$/.test(code.slice(0, at))) {
    // `a $B"` lacks the quote before its word, `a b c"` before one of several.
    // `A=$A b"` and `a $b" > "$c"`.
    const own = code.replace(/^(\s*(?:export\s+|local\s+)?(\w+)=)(?=\$\{?\2\b[^"']*"$)/, '$1"');
    const operand = code.replace(/(?<=\s)(?=\$\{?\w+\}?"\s*[<>|]*\s*"\$)/, '"');
    for (const line of quote === '"' ? [own, operand] : [])
      if (line !== code) return [{ lines: [line + rest], isOrdered: true }];
    const [, command, word] =
      /^(.*?)((?:\$\S|(?<=^\s*[\w./]+\s+(?:-\w+\s+)*)\S)[^\s"']*)$/.exec(code.slice(0, at)) ?? [];
    if (command === undefined || word === undefined || /^\s*\w+=|["']$/.test(command)) return [];
    return [{ lines: [command + quote + word + code.slice(at) + rest], isOrdered: true }];
  }
  const mixed = mixedQuotes(code, rest, open, isDouble, WITH_CHARACTERS.has(languageId));
  const swapped = swappedQuotes(code, rest, isDouble ? '"' : "'", isShell);
  const ending = codeTail(code, rest, open, names);
  return [
    { lines: earlyEnds(code, rest, open, languageId), isOrdered: true },
    { lines: mixed, isOrdered: mixed.length < 2 },
    { lines: keyEnd(code, rest, open), isOrdered: true },
    { lines: ending, isOrdered: true },
    { lines: otherQuotes(code, rest, isDouble ? '"' : "'"), isOrdered: false },
    ...(isCode && first !== undefined ? [{ lines: [first], isOrdered: true }] : []),
    isClosing
      ? {
          lines:
            inside === tail && tail !== ''
              ? [
                  ...opening,
                  ...closing.slice(
                    opening.length === 0 && code.trim() === quote + tail && tail === ',' ? 0 : 1,
                  ),
                ]
              : opening,
          isOrdered: true,
        }
      : {
          lines: isUnknown ? [] : [...closing, ...opening],
          isOrdered: true,
          ...(first === undefined ? {} : { unless: [first] }),
        },
    {
      lines: swapped,
      isOrdered: swapped.length === 1 || (swapped.length === 2 && !WITH_CHARACTERS.has(languageId)),
    },
    { lines: isShell ? [] : onlyPlaces(code, rest, quote), isOrdered: false },
  ].filter(({ lines }) => lines.length > 0);
}

/** The nearest first. */
function openings(code: string, rest: string, { quote, at }: OpenQuote): string[] {
  return [...code.slice(0, at).matchAll(BEFORE_STRING)]
    .map((match) => match.index + match[0].length)
    .filter((place) => place < at && code[place] !== quote)
    .reverse()
    .slice(0, MAX_PLACES)
    .map((place) => code.slice(0, place) + quote + code.slice(place) + rest);
}

/** Where a string surely ends, though the line goes on: a shell's redirection, the end of a tag, a wrong quote of a template. */
function earlyEnds(code: string, rest: string, { quote, at }: OpenQuote, languageId: string): string[] {
  const inside = code.slice(at + 1);
  const put = (length: number, replaced = 0): string[] => {
    const end = at + 1 + length;
    if (inside.slice(0, length).trim() === '') return [];
    return [code.slice(0, end) + quote + code.slice(end + replaced) + rest];
  };
  const triple = quote.repeat(3);
  // The text of one line that describes a block.
  if (languageId === 'python' && new RegExp(`^\\s*${triple}[^${quote}]+$`).test(code))
    return [code + triple + rest];
  if (inside === '' && code.endsWith(quote + quote) && code.indexOf(triple) === code.lastIndexOf(triple))
    return code.includes(triple) ? [code + quote + rest] : [];
  if (quote === '`') {
    const end = /["'](?=[)\]};,\s]*$)/.exec(inside);
    return end === null ? [] : put(end.index, 1);
  }
  if (languageId === 'shellscript') {
    const end = /\s*(?:\d?>&\d|\d?>\s*\/dev\/null|;\s*(?:then|do)\b|;;$|\sin$)/.exec(inside);
    // `'a" in`: the quote is there, but another one.
    const isMixed = new RegExp(quote === '"' ? "'" : '"').test(inside.slice(0, end?.index));
    return end === null || isMixed ? [] : put(end.index);
  }
  const isTag = /react$|^html$/.test(languageId) && /<[\w.]+\s[^>]*$/.test(code.slice(0, at));
  const end = isTag ? /^[^<>"'{]*?(?=\s*\/?>)/.exec(inside) : null;
  return end === null ? [] : put(end[0].length);
}

/** One quote as most of the text has them: `'a", 'b'`. */
function otherQuotes(code: string, rest: string, wanted: string): string[] {
  const quotes = [...code.matchAll(/["']/g)];
  const others = quotes.filter(({ 0: quote }) => quote !== wanted);
  // A single one begins or ends a string of several lines; two are a string.
  if (quotes.length === 1 || others.length % 2 === 0) return [];
  return others
    .slice(0, MAX_PLACES)
    .map(({ index }) => code.slice(0, index) + wanted + code.slice(index + 1) + rest);
}

/** `"text'` and `'text"`: both quotes as the strings of the text have them. */
function mixedQuotes(
  code: string,
  rest: string,
  { quote, at }: OpenQuote,
  isDouble: boolean,
  hasCharacters: boolean,
): string[] {
  const other = quote === '"' ? "'" : '"';
  const wanted = isDouble ? '"' : "'";
  const swapped = (place: number): string => code.slice(0, place) + wanted + code.slice(place + 1) + rest;
  const pairs: [number, number][] = [];
  const next = code.indexOf(other, at + 1);
  // The open quote begins the string, or ends one whose first quote counts for nothing here.
  // `"text: << '\n'`: a pair of the other quote has nothing to do with it.
  const isPair = next > 0 && code.includes(other, next + 1);
  if (next > 0 && !isPair) pairs.push([at, next]);
  const last = code.slice(0, at).lastIndexOf(other);
  if (last >= 0 && /(?:^|[\s([{,=:+])$/.test(code.slice(0, last))) pairs.push([last, at]);
  return pairs.flatMap(([start, end]) => {
    const corrected = swapped(code[start] === wanted ? end : start);
    // One character may be one, or a string.
    const isCharacter = hasCharacters && /^(?:\\.|[^\\])$/.test(code.slice(start + 1, end));
    const character = `${code.slice(0, start)}'${code.slice(start + 1, end)}'${code.slice(end + 1)}${rest}`;
    return isCharacter ? [corrected, character] : [corrected];
  });
}

/**
 * The quote closed after the first word of its text, where that may be all of it.
 * @returns `isCode` when an operator follows, as it hardly does in a text
 */
function afterFirstWord(
  code: string,
  rest: string,
  quote: string,
  at: number,
): { readonly first: string | undefined; readonly isCode: boolean } {
  const [, word = '', following = ''] =
    /^((?:[\w./:@#%-]|(?<=\w) (?=\w[\w ]*,.*;$))*)(\s*(?:&&|\|\||[=!]==?|[,)\]}?+:]).*)$/.exec(
      code.slice(at + 1),
    ) ?? [];
  // What is left is the tail: that place is tried anyway.
  if (following === '' || TAIL.exec(following)?.[0] === following) return { first: undefined, isCode: false };
  const end = at + 1 + word.length;
  return {
    first: code.slice(0, end) + quote + code.slice(end) + rest,
    isCode: /^\s*(?:&&|\|\||[=!]==?)/.test(following) || (/^\s:\s/.test(following) && code.includes(' ? ')),
  };
}
