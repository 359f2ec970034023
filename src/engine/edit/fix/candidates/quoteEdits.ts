/** Ways to correct the quotes of one line. */
import { atTail, MAX_PLACES, TAIL, type TokenEdits } from './lineTail.js';

/** Closes a quote, opens it before the word that it ends, or makes two quotes of a pair equal. */
export function quoteEdits(
  line: string,
  { quote, at }: { quote: string; at: number },
  isDouble: boolean,
): readonly TokenEdits[] {
  const code = line.trimEnd();
  const rest = line.slice(code.length);
  const tail = TAIL.exec(code)?.[0] ?? '';
  const isClosing = code.length - tail.length - 1 === at;
  const opening = [
    ...code.slice(0, at).matchAll(/^\s*(?!#)|[(=,[:{+]\s*|\breturn\s+|#\s*include\s*|(?<=\s-[a-z]\s)/g),
  ]
    .map((match) => match.index + match[0].length)
    .filter((place) => place < at)
    .reverse()
    .slice(0, MAX_PLACES)
    .map((place) => code.slice(0, place) + quote + code.slice(place) + rest);
  const closing = atTail(code, rest, quote).reverse();
  const { first, isCode } = afterFirstWord(code, rest, quote, at);
  return [
    { lines: mixedQuotes(code, rest, { quote, at }, isDouble), isOrdered: true },
    { lines: otherQuotes(code, rest, isDouble ? '"' : "'"), isOrdered: false },
    ...(isCode && first !== undefined ? [{ lines: [first], isOrdered: true }] : []),
    isClosing
      ? { lines: [...opening, ...closing], isOrdered: true }
      : {
          lines: [...closing, ...opening],
          isOrdered: true,
          ...(first === undefined ? {} : { unless: first }),
        },
  ].filter(({ lines }) => lines.length > 0);
}

/** One quote as most of the text has them: `'a", 'b'`. */
function otherQuotes(code: string, rest: string, wanted: string): string[] {
  return [...code.matchAll(/["']/g)]
    .filter(({ 0: quote }) => quote !== wanted)
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
  if (next > 0) pairs.push([at, next]);
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
    /^([\w./:@#%-]*)(\s*(?:&&|\|\||[=!]==?|[,)\]}?+:]).*)$/.exec(code.slice(at + 1)) ?? [];
  // What is left is the tail: that place is tried anyway.
  if (following === '' || TAIL.exec(following)?.[0] === following) return { first: undefined, isCode: false };
  const end = at + 1 + word.length;
  return {
    first: code.slice(0, end) + quote + code.slice(end) + rest,
    isCode: /^\s*(?:&&|\|\||[=!]==?)/.test(following) || (/^\s:\s/.test(following) && code.includes(' ? ')),
  };
}
