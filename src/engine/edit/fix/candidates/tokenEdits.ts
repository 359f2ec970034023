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
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** What may follow a closing bracket or quote at a line's end. */
const TAIL = /[\])};,:{\s]*$/;
const MAX_PLACES = 12;

const BLOCK_WITH_COLON =
  /^\s*(?:(?:async\s+)?(?:def|for|with)|class|if|elif|else|while|try|except|finally|match|case)\b/;
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

export function tokenEdits(line: string, languageId: string): readonly TokenEdits[] {
  const part = codePart(line, languageOf(languageId));
  if (part.code.trim() === '') return [];
  if (part.openQuote !== undefined) return quoteEdits(line, part.openQuote);
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
    ...(languageId === 'shellscript'
      ? []
      : [
          { lines: [`${part.code},${part.rest}`], isOrdered: true },
          { lines: commaPlaces(part), isOrdered: false },
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
  if (innermost !== undefined && innermost !== last)
    edits.push({ lines: before(code, rest, CLOSERS[innermost] ?? ''), isOrdered: true });
  const beforeBlock = open.length > 1 && last === '{' ? open.at(-2) : undefined;
  if (beforeBlock !== undefined)
    edits.push({ lines: before(code, rest, CLOSERS[beforeBlock] ?? ''), isOrdered: true });
  const surplus = scanner.excess.map(({ at }) => code.slice(0, at) + code.slice(at + 1) + rest);
  edits.push({ lines: [...surplus].reverse(), isOrdered: true });
  return edits;
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

/** Closes a quote before the tail, opens it before the word that it ends, or makes two quotes of a pair equal. */
function quoteEdits(line: string, { quote, at }: { quote: string; at: number }): readonly TokenEdits[] {
  const code = line.trimEnd();
  const rest = line.slice(code.length);
  const tail = TAIL.exec(code)?.[0] ?? '';
  const isClosing = code.length - tail.length - 1 === at;
  const other = quote === '"' ? "'" : '"';
  const mixed: string[] = [];
  const end = code.length - tail.length - 1;
  // `"text'`, and `'text"`, whose second quote is the open one when the first is escaped or alone.
  if (code[end] === other && end > at) mixed.push(code.slice(0, end) + quote + code.slice(end + 1) + rest);
  const opening = [...code.slice(0, at).matchAll(/[(=,[:{+]\s*|\breturn\s+/g)]
    .map((match) => match.index + match[0].length)
    .filter((place) => place < at)
    .reverse()
    .slice(0, MAX_PLACES)
    .map((place) => code.slice(0, place) + quote + code.slice(place) + rest);
  const closing = before(code, rest, quote).reverse();
  return [
    { lines: mixed, isOrdered: true },
    { lines: isClosing ? [...opening, ...closing] : [...closing, ...opening], isOrdered: true },
  ].filter(({ lines }) => lines.length > 0);
}

/** Without one of two equal signs. */
function doubled({ code, rest }: CodePart): string[] {
  return [...code.matchAll(/([,;:.(){}[\]])\s*\1/g)].map(
    ({ index }) => code.slice(0, index) + code.slice(index + 1) + rest,
  );
}

/** Between two values that stand side by side. */
function commaPlaces({ code, rest }: CodePart): string[] {
  return [...code.matchAll(/["'\w\])}](?=\s+["'\w[({])/g)]
    .slice(0, MAX_PLACES)
    .map(({ index }) => `${code.slice(0, index + 1)},${code.slice(index + 1)}${rest}`);
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
