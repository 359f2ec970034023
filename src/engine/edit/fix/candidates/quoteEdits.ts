/** Ways to correct the quotes of one line. */
import { atTail, MAX_PLACES, TAIL, type TokenEdits } from './lineTail.js';

/** An argument or an operand that ends the line: the string may have ended before it. */
const CODE_AT_END = /(?:,|\s[-+%&|<.]{1,2})\s*[\w.$[\]()]+[)\]};,:\s]*$/;
const SHELL_OPERATOR = /[|<>;&)]/;

/** Closes a quote, opens it before the word that it ends, or makes two quotes of a pair equal. */
export function quoteEdits(
  line: string,
  { quote, at }: { quote: string; at: number },
  isDouble: boolean,
  languageId: string,
): readonly TokenEdits[] {
  const isShell = languageId === 'shellscript';
  const isTag = /react$|^html$/.test(languageId) && /<[\w.]+\s[^>]*$/.test(line.slice(0, at));
  const code = line.trimEnd();
  const rest = line.slice(code.length);
  const tail = TAIL.exec(code)?.[0] ?? '';
  const isClosing = code.length - tail.length - 1 === at;
  const opening = [
    ...code
      .slice(0, at)
      .matchAll(
        /^\s*(?!#|[a-z]+\s)|[(=,[:{+]\s*|\b(?:return|from|import)\s+|#\s*include\s*|(?<=\s-[a-z]\s)/g,
      ),
  ]
    .map((match) => match.index + match[0].length)
    .filter((place) => place < at)
    .reverse()
    .slice(0, MAX_PLACES)
    .map((place) => code.slice(0, place) + quote + code.slice(place) + rest);
  const closing = atTail(code, rest, quote).reverse();
  const { first, isCode } = afterFirstWord(code, rest, quote, at);
  const inside = code.slice(at + 1);
  // Of a string that is just begun, or that may end before what looks like code, no place is known.
  const isUnknown =
    inside.trim() === '' || CODE_AT_END.test(inside) || (isShell && SHELL_OPERATOR.test(inside));
  const shellEnd = isShell
    ? /\s*(?:\d?>&\d|\d?>\s*\/dev\/null|;\s*(?:then|do)\b)/.exec(inside)?.index
    : undefined;
  const tagEnd = /^[^<>"'{]*?(?=\s*\/?>)/.exec(inside)?.[0].length;
  const template = quote === '`' ? /["'](?=[)\]};,\s]*$)/.exec(inside)?.index : undefined;
  if (isShell && quote === '`') return [];
  return [
    ...(template === undefined
      ? []
      : [
          {
            lines: [code.slice(0, at + 1 + template) + quote + code.slice(at + 2 + template) + rest],
            isOrdered: true,
          },
        ]),
    { lines: mixedQuotes(code, rest, { quote, at }, isDouble), isOrdered: true },
    { lines: otherQuotes(code, rest, isDouble ? '"' : "'"), isOrdered: false },
    ...(isCode && first !== undefined ? [{ lines: [first], isOrdered: true }] : []),
    ...[shellEnd, isTag ? tagEnd : undefined].flatMap((length) => {
      if (length === undefined || inside.slice(0, length).trim() === '') return [];
      const end = at + 1 + length;
      return [{ lines: [code.slice(0, end) + quote + code.slice(end) + rest], isOrdered: true }];
    }),
    isClosing
      ? { lines: opening, isOrdered: true }
      : {
          lines: isUnknown ? [] : [...closing, ...opening],
          isOrdered: true,
          ...(first === undefined ? {} : { unless: first }),
        },
  ].filter(({ lines }) => lines.length > 0);
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
  { quote, at }: { quote: string; at: number },
  isDouble: boolean,
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
  return pairs.map(([start, end]) => swapped(code[start] === wanted ? end : start));
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
