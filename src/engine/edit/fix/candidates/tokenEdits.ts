/** Ways to correct one line by one token: a bracket, quote, colon, comma or semicolon too many or too few. */
import { BracketScanner } from '../../../language/brackets.js';
import { languageOf } from '../../../language/languageOf.js';
import { codePart, type CodePart } from './codePart.js';

/** Alternatives for one idea. */
export interface TokenEdits {
  /** New texts of the line, the likeliest first; they may hold line breaks. */
  readonly lines: readonly string[];
  /** Where several alternatives are correct, the first is meant; otherwise none can be told to be. */
  readonly isOrdered: boolean;
  /** When this one is correct too, none of the lines can be told to be meant. */
  readonly unless?: string;
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const CLOSER = /[\])}]/;
/** What may follow a closing bracket or quote at a line's end. */
const TAIL = /[\])};,:{\s]*$/;
const MAX_PLACES = 12;

const BLOCK_WITH_COLON =
  /^\s*(?:(?:async\s+)?(?:def|for|with)|class|if|elif|else|while|try|except|finally|match|case)\b/;
/** A single quote holds one character, or nothing. */
const ONLY_DOUBLE = new Set(['json', 'jsonc', 'c', 'cpp', 'cuda-cpp', 'java', 'go', 'rust', 'csharp']);
const WITH_SEMICOLONS = new Set([
  'c',
  'cpp',
  'java',
  'php',
  'rust',
  'css',
  'scss',
  'less',
  'csharp',
  'cuda-cpp',
]);

/** @param isDouble strings of this text are rather in double quotes */
export function tokenEdits(line: string, languageId: string, isDouble = true): readonly TokenEdits[] {
  const part = codePart(line, languageOf(languageId));
  if (part.code.trim() === '') return [];
  if (part.openQuote !== undefined)
    return quoteEdits(line, part.openQuote, isDouble || ONLY_DOUBLE.has(languageId));
  const edits = [
    ...bracketEdits(part, languageId),
    ...(languageId === 'python' && BLOCK_WITH_COLON.test(part.code) && !part.code.endsWith(':')
      ? [{ lines: colonEnds(part), isOrdered: true }]
      : []),
    ...(WITH_SEMICOLONS.has(languageId) && !/[;{},:]$/.test(part.code)
      ? [{ lines: [`${part.code};${part.rest}`], isOrdered: true }]
      : []),
    ...(languageId === 'shellscript' ? [{ lines: shellWords(part), isOrdered: true }] : []),
    { lines: doubled(part), isOrdered: false },
    ...(languageId === 'json' && part.code.endsWith(',')
      ? [{ lines: [part.code.slice(0, -1) + part.rest], isOrdered: true }]
      : []),
    ...(languageId === 'shellscript'
      ? []
      : [
          { lines: [`${part.code},${part.rest}`], isOrdered: true },
          { lines: commaPlaces(part), isOrdered: false },
          ...(languageId === 'json' || languageId === 'css'
            ? [{ lines: colonPlaces(part), isOrdered: false }]
            : []),
          { lines: equalsPlaces(part), isOrdered: false },
        ]),
    { lines: otherClosers(part), isOrdered: false },
  ];
  return edits.filter(({ lines }) => lines.length > 0);
}

/** A colon in place of what ends the head, or after it. */
function colonEnds({ code, rest }: CodePart): string[] {
  const instead = /[;,.]$/.test(code) ? [`${code.slice(0, -1)}:${rest}`] : [];
  return [...instead, `${code}:${rest}`];
}

/** The word that opens a shell's block. */
function shellWords({ code, rest }: CodePart): string[] {
  const first = /^\s*(if|elif|for|while|until)\b/.exec(code)?.[1];
  if (first === undefined || /\b(?:then|do)\s*$/.test(code)) return [];
  return [`${code.replace(/\s*;$/, '')}; ${/if/.test(first) ? 'then' : 'do'}${rest}`];
}

/** Closes what is open, before the tail of the line; or takes away what closes nothing. */
function bracketEdits({ code, rest }: CodePart, languageId: string): readonly TokenEdits[] {
  const scanner = new BracketScanner(languageId);
  scanner.mark();
  scanner.push(code);
  const open = scanner.opened.filter((character) => character in CLOSERS);
  const edits: TokenEdits[] = [];
  const innermost = open.at(-1);
  const last = code.at(-1) ?? '';
  // A bracket that ends its line opens a block or a list of lines.
  const twice = doubledOpener(code, rest, open);
  if (innermost !== undefined && innermost !== last) {
    const lines = before(code, rest, CLOSERS[innermost] ?? '');
    edits.push({ lines, isOrdered: true, ...(twice === undefined ? {} : { unless: twice }) });
    // `f((a)` is `f(a)`, but `f((a) * b` may be `f((a) * b)`.
    const [closed] = /[)\]}][;,:{\s]*$/.test(code) ? [] : lines;
    if (twice !== undefined)
      edits.push({ lines: [twice], isOrdered: true, ...(closed === undefined ? {} : { unless: closed }) });
  }
  const beforeBlock = open.length > 1 && last === '{' ? open.at(-2) : undefined;
  if (beforeBlock !== undefined)
    edits.push({ lines: before(code, rest, CLOSERS[beforeBlock] ?? ''), isOrdered: true });
  // Alone among other code, a bracket that closes nothing rather lacks its partner.
  const surplus = scanner.excess
    .filter(({ at }) => CLOSER.test(code[at - 1] ?? '') || CLOSER.test(code[at + 1] ?? ''))
    .map(({ at }) => code.slice(0, at) + code.slice(at + 1) + rest);
  edits.push({ lines: [...surplus].reverse(), isOrdered: true });
  return edits;
}

/** The line without one of two equal brackets that both stay open. */
function doubledOpener(code: string, rest: string, open: readonly string[]): string | undefined {
  const at = [...code.matchAll(/([([{])\1/g)].at(-1)?.index;
  return at === undefined || open.length === 0 ? undefined : code.slice(0, at) + code.slice(at + 1) + rest;
}

/** The line with something put in at its end, and at each place of the tail, the last first. */
function before(code: string, rest: string, text: string): string[] {
  const tail = TAIL.exec(code)?.[0] ?? '';
  const places: string[] = [];
  for (let length = 0; length <= Math.min(tail.length, MAX_PLACES); length++) {
    const at = code.length - length;
    // `) {` and not `)  {`.
    if (/\s/.test(code[at - 1] ?? '')) continue;
    places.push(code.slice(0, at) + text + code.slice(at) + rest);
  }
  return places;
}

/** Closes a quote, opens it before the word that it ends, or makes two quotes of a pair equal. */
function quoteEdits(
  line: string,
  { quote, at }: { quote: string; at: number },
  isDouble: boolean,
): readonly TokenEdits[] {
  const code = line.trimEnd();
  const rest = line.slice(code.length);
  const tail = TAIL.exec(code)?.[0] ?? '';
  const isClosing = code.length - tail.length - 1 === at;
  const opening = [...code.slice(0, at).matchAll(/^\s*|[(=,[:{+]\s*|\breturn\s+/g)]
    .map((match) => match.index + match[0].length)
    .filter((place) => place < at)
    .reverse()
    .slice(0, MAX_PLACES)
    .map((place) => code.slice(0, place) + quote + code.slice(place) + rest);
  const closing = before(code, rest, quote).reverse();
  const { first, isCode } = afterFirstWord(code, rest, quote, at);
  return [
    { lines: mixedQuotes(code, rest, { quote, at }, isDouble), isOrdered: true },
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
    /^([\w./:@#%-]*)(\s*(?:&&|\|\||[=!]==?|[,)\]}?+]).*)$/.exec(code.slice(at + 1)) ?? [];
  // What is left is the tail: that place is tried anyway.
  if (following === '' || TAIL.exec(following)?.[0] === following) return { first: undefined, isCode: false };
  const end = at + 1 + word.length;
  return {
    first: code.slice(0, end) + quote + code.slice(end) + rest,
    isCode: /^\s*(?:&&|\|\||[=!]==?)/.test(following),
  };
}

/** Without one of two equal signs. */
function doubled({ code, rest }: CodePart): string[] {
  return [...code.matchAll(/([,;:.)}\]])\s*\1|\{\s*\{$/g)].map(
    ({ index }) => code.slice(0, index) + code.slice(index + 1) + rest,
  );
}

/** Between two values that stand side by side. */
function commaPlaces({ code, rest }: CodePart): string[] {
  return [...code.matchAll(/["'\w\])}](?=\s+["'\w[({])/g)]
    .filter(({ index }) => isInBrackets(code, index))
    .slice(0, MAX_PLACES)
    .map(({ index }) => `${code.slice(0, index + 1)},${code.slice(index + 1)}${rest}`);
}

/** Whether more brackets are open there than closed: outside of them, a grammar takes a comma for anything. */
function isInBrackets(code: string, at: number): boolean {
  const before = code.slice(0, at + 1);
  return (before.match(/[([{]/g)?.length ?? 0) > (before.match(/[)\]}]/g)?.length ?? 0);
}

/** After a property's name. */
function colonPlaces({ code, rest }: CodePart): string[] {
  const name = /^\s*(?:"[^"]*"|[a-z-]+)(?=\s+\S)/.exec(code)?.[0];
  return name === undefined ? [] : [`${name}:${code.slice(name.length)}${rest}`];
}

/** `=` where a comparison was meant. */
function equalsPlaces({ code, rest }: CodePart): string[] {
  if (!/^\s*(?:\}?\s*(?:else\s+)?if|elif|while|return|assert)\b/.test(code)) return [];
  return [...code.matchAll(/(?<![=!<>+\-*/%&|^:])=(?![=>])/g)].map(
    ({ index }) => `${code.slice(0, index)}=${code.slice(index)}${rest}`,
  );
}

/** A closing bracket of the wrong kind. */
function otherClosers({ code, rest }: CodePart): string[] {
  const found: string[] = [];
  for (const { index, 0: closer } of [...code.matchAll(/[)\]}]/g)].slice(-MAX_PLACES))
    for (const other of [')', ']', '}'])
      if (other !== closer) found.push(code.slice(0, index) + other + code.slice(index + 1) + rest);
  return found;
}
