/** Ways to correct the brackets of one line. */
import { BracketScanner } from '../../../language/brackets.js';
import type { CodePart } from './codePart.js';
import { closedAtTail, MAX_PLACES, type TokenEdits } from './lineTail.js';

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const WITH_TUPLES = new Set([
  'python',
  'rust',
  'swift',
  'scala',
  'kotlin',
  'fsharp',
  'haskell',
  'elixir',
  'julia',
]);
const CLOSER = /[\])}]/;
const OPENERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** Places within a line; at its end there are fewer. */
const MAX_WITHIN = 24;

/** Closes what is open, before the tail of the line; or takes away what closes nothing. */
export function bracketEdits(
  { code, rest }: CodePart,
  languageId: string,
  names: ReadonlyMap<string, number>,
): readonly TokenEdits[] {
  const scanner = new BracketScanner(languageId);
  scanner.mark();
  scanner.push(code);
  const open = scanner.opened.filter((character) => character in CLOSERS);
  // In a shell, `[` and `]` are words.
  if (languageId === 'shellscript' && /[[\]]/.test(open.at(-1) ?? scanner.excess[0]?.character ?? ''))
    return [];
  const edits: TokenEdits[] = [];
  const innermost = open.at(-1);
  const last = code.at(-1) ?? '';
  // A bracket that ends its line opens a block or a list of lines.
  const twice = doubledOpener(code, rest, open);
  if (innermost !== undefined && innermost !== last) {
    const isSpaced = innermost === '{' && /\{ (?!.*\{)/.test(code);
    const lines = closedAtTail(code, rest, (isSpaced ? ' ' : '') + (CLOSERS[innermost] ?? ''));
    // `a(b(c).d(e)` may be `a(b(c)).d(e)`, and `a[b.c < d` may be `a[b].c < d`.
    const chain = innermost === '(' ? [...code.matchAll(/\)(?=\.\w+\()/g)].at(-1)?.index : undefined;
    const chained = chain === undefined ? [] : [`${code.slice(0, chain)})${code.slice(chain)}${rest}`];
    // `raise f(a from b` and `with f(a as b`: a call ends before these words.
    const word =
      languageId === 'python' && innermost === '(' ? /\s(?:from|as)\s[\w.]+:?$/.exec(code)?.index : undefined;
    if (word !== undefined)
      edits.push({ lines: [`${code.slice(0, word)})${code.slice(word)}${rest}`], isOrdered: true });
    const isIndex = innermost === '[' && /[\w)\]]\[[^[\]]*\w[.\s][^[\]]*$/.test(code);
    const unless = [...(twice === undefined ? [] : [twice]), ...chained];
    if (!isIndex) edits.push({ lines, isOrdered: true, unless });
    // `f((a)` is `f(a)`, but `f((a) * b` may be `f((a) * b)`.
    // Of a tuple in a call, the second one may be meant: `f((a, b)`.
    const isTuple = WITH_TUPLES.has(languageId) && /\(\([^()]*,/.test(code);
    const [closed] = !isTuple && /[)\]}][;,:{\s]*$/.test(code) ? [] : lines;
    if (twice !== undefined)
      edits.push({
        lines: [twice],
        isOrdered: true,
        unless: isTuple ? lines : closed === undefined ? [] : [closed],
      });
  }
  // `a((b) {`: closed, it would be `a((b)) {`.
  if (innermost === '{' && last === '{' && open.length > 1 && twice !== undefined)
    edits.push({ lines: [twice], isOrdered: true });
  // A line that ends in two openers has one too many: what they hold isn't indented twice.
  if (/([([{])\1$/.test(code)) edits.push({ lines: [code.slice(0, -1) + rest], isOrdered: true });
  if (languageId === 'go' && scanner.excess.length > 0 && /^\s*\}\)$/.test(code))
    edits.push({ lines: [`${code.slice(0, -1)}()${rest}`], isOrdered: true });
  const beforeBlock = open.length > 1 && last === '{' ? open.at(-2) : undefined;
  if (beforeBlock !== undefined && beforeBlock !== '{')
    edits.push({ lines: closedAtTail(code, rest, CLOSERS[beforeBlock] ?? ''), isOrdered: true });
  // Alone among other code, a bracket that closes nothing rather lacks its partner.
  const surplus = scanner.excess
    .filter(({ at }) => CLOSER.test(code[at - 1] ?? '') || CLOSER.test(code[at + 1] ?? ''))
    .map(({ at }) => code.slice(0, at) + code.slice(at + 1) + rest);
  edits.push({ lines: [...surplus].reverse(), isOrdered: true });
  // Within the line: these are only offered where just one place is correct.
  for (const opener of new Set(open)) {
    // A block goes on below.
    if (opener === '{' && last in CLOSERS) continue;
    if (opener === last && open.filter((each) => each === opener).length === 1) continue;
    const closer = CLOSERS[opener] ?? '';
    edits.push({ lines: closerPlaces(code, rest, closer), isOrdered: false });
  }
  if (scanner.excess.length > 0) {
    const closer = scanner.excess[0]?.character ?? '';
    edits.push({ lines: joinedWords(code, rest, OPENERS[closer] ?? '', names), isOrdered: false });
  }
  for (const closer of new Set(scanner.excess.map(({ character }) => character)))
    edits.push({ lines: openerPlaces(code, rest, OPENERS[closer] ?? ''), isOrdered: false });
  return edits;
}

/** After each word and each bracket. */
function closerPlaces(code: string, rest: string, closer: string): string[] {
  return [...code.matchAll(/(?<=[\w$"'`)\]}])(?![\w$])(?=[\s.,;:+\-*/=<>&|?)\]}]|$)/g)]
    .slice(0, MAX_WITHIN)
    .map(({ index }) => code.slice(0, index) + closer + code.slice(index) + rest);
}

/** Where a value may be in braces. */
const BEFORE_BRACE = /(?:[=(,:[>)]|\breturn|\$)\s*$/;

/** Before each word, and after one, as of a call. */
function openerPlaces(code: string, rest: string, opener: string): string[] {
  return [
    ...code.matchAll(
      /(?<![\w$])(?=[\w$"'`([{!*&-])|(?<=[\w$])(?![\w$])|(?<=[a-z_])(?=\d+\])|(?<=\d)(?=\d+\])/g,
    ),
  ]
    .filter(({ index }) => opener !== '{' || BEFORE_BRACE.test(code.slice(0, index)))
    .slice(0, MAX_WITHIN)
    .map(({ index }) => code.slice(0, index) + opener + code.slice(index) + rest);
}

const TYPE_START = /^(?:int|long|char|boolean|bool|double|float|string|const|final|unsigned|void)$/;

/** Between two words that only the bracket had kept apart: `f(int a)` without it is `fint a)`. */
function joinedWords(
  code: string,
  rest: string,
  opener: string,
  names: ReadonlyMap<string, number>,
): string[] {
  const found: string[] = [];
  for (const { index, 0: word } of code.matchAll(/[\p{L}_$][\p{L}\p{N}_$]{3,}/gu)) {
    if ((names.get(word) ?? 0) > 1) continue;
    for (let at = 1; at < word.length; at++) {
      const [first, second] = [word.slice(0, at), word.slice(at)];
      const isSecond = names.has(second) || TYPE_START.test(second);
      if (
        !(isSecond && (second.length > 2 || names.has(first))) &&
        !(names.has(first) && /^[A-Z]/.test(second))
      )
        continue;
      found.push(code.slice(0, index + at) + opener + code.slice(index + at) + rest);
    }
  }
  return found.slice(0, MAX_WITHIN);
}

/** The line without one of two equal brackets that both stay open. */
function doubledOpener(code: string, rest: string, open: readonly string[]): string | undefined {
  // A shell's `$((` is a sum.
  const at = [...code.matchAll(/(?<!\$(?=\())([([{])\1/g)].at(-1)?.index;
  return at === undefined || open.length === 0 ? undefined : code.slice(0, at) + code.slice(at + 1) + rest;
}

/** Without one of two equal signs. */
export function doubled({ code, rest }: CodePart): string[] {
  return [...code.matchAll(/([,;:.)}\]])\s*\1|\{\s*\{$/g)].map(
    ({ index }) => code.slice(0, index) + code.slice(index + 1) + rest,
  );
}

/** A closing bracket of the wrong kind. */
export function otherClosers({ code, rest }: CodePart): string[] {
  const found: string[] = [];
  for (const { index, 0: closer } of [...code.matchAll(/[)\]}]/g)].slice(-MAX_PLACES))
    for (const other of [')', ']', '}'])
      if (other !== closer) found.push(code.slice(0, index) + other + code.slice(index + 1) + rest);
  return found;
}
