import { unbalancedBrackets } from '../../../language/brackets.js';
import { codeOnly } from '../../../language/codeOnly.js';
import { languageOf } from '../../../language/languageOf.js';
import { indentWidth, isBlank } from '../../../language/lines.js';
import type { SyntaxProblem } from '../../../syntax/syntaxErrors.js';
import { blockEnds, blockStarts, withoutDoubledLines } from './blockEdits.js';
import { candidateOf, withLine, type Candidate, type FixPlace } from './candidate.js';
import { codePart } from './codePart.js';
import { likeOtherLines } from './likeOtherLines.js';
import { countWords } from './misspelling.js';
import { closedAtTail } from './lineTail.js';
import { shellQuotes } from './shellQuotes.js';
import { tokenEdits, type LineContext } from './tokenEdits.js';

/** Lines that are searched around the diagnostic and the first syntax errors. */
const MAX_LINES = 6;
/** Lines above that may have opened a list. */
const MAX_LINES_OF_LIST = 40;
/** Of one line; the one that looks like other lines is taken. */
const MAX_ALTERNATIVES = 6;
/** The head of a shell's block that doesn't open it. */
const SHELL_HEAD = /^\s*(?:if|elif|for|while|until)\b(?!.*\b(?:then|do)\b)/;
/** Lines above the first problem that are looked at when they look wrong. */
const MAX_LINES_ABOVE = 12;

const COMMENT_LINE = /^\s*(?:\/\/|\/\*|\*(?:\s|\/|$)|#\s)/;

/** Whether a text has fewer syntax errors than the document, and none where the candidate changes it. */
export type IsCorrect = (candidate: Candidate) => Promise<boolean>;

/**
 * The token that the syntax tree misses, or has too many: found by trying, so each candidate needs proof. Lines are
 * tried from the diagnostic's upwards, since a mistake shows itself at or after the place where it was made.
 */
export async function* missingTokenCandidates(
  place: FixPlace,
  problems: readonly SyntaxProblem[],
  isCorrect: IsCorrect,
): AsyncGenerator<Candidate, void> {
  const make = (line: number, newLine: string): Candidate | undefined =>
    candidateOf(place.text, withLine(place, line, newLine), { origin: 'syntax', needsProof: true });
  const isAnyCorrect = async (candidates: readonly Candidate[]): Promise<boolean> => {
    for (const candidate of candidates) if (await isCorrect(candidate)) return true;
    return false;
  };
  const unbalanced = unbalancedBrackets(place.text, place.languageId).length;
  // A bracket taken away, where one is missing, may parse as well. What else changes leaves the brackets as they are.
  const isBalanced = ({ document, oldText, newText }: Candidate): boolean =>
    bracketsIn(oldText) === bracketsIn(newText) ||
    unbalancedBrackets(document, place.languageId).length <= Math.max(0, unbalanced - 1);
  // Before other tokens: a grammar may put up with these in a head that has lost its brace.
  const starts: Candidate[] = [];
  for (const candidate of blockStarts(place, problems, make))
    if (isBalanced(candidate) && (await isCorrect(candidate))) starts.push(candidate);
  if (starts.length === 1) yield* starts;
  yield* shellQuotes(place, make, isCorrect);
  const context = contextOf(place);
  const tried = linesToTry(place, problems);
  const opened = openLines(place, problems);
  for (const line of new Set([...opened, ...tried, ...suspiciousLines(place, problems)])) {
    const own = place.lines[line] ?? '';
    for (const { lines, isOrdered, unless = [] } of tokenEdits(own, place.languageId, context(line))) {
      const correct: Candidate[] = [];
      const alternatives: Candidate[] = [];
      for (const newLine of unless) {
        const candidate = make(line, newLine);
        if (candidate !== undefined && (await isCorrect(candidate))) alternatives.push(candidate);
      }
      for (const newLine of new Set(lines)) {
        if (cutsOff(place, own, newLine, line)) continue;
        const candidate = make(line, newLine);
        if (candidate === undefined || !isBalanced(candidate) || !(await isCorrect(candidate))) continue;
        correct.push(candidate);
        if (isOrdered || correct.length > MAX_ALTERNATIVES) break;
      }
      // Of two that parse, one is wrong, unless only one looks like other lines.
      const [first] = correct;
      if (first === undefined) continue;
      if (alternatives.length === 0 && (isOrdered || correct.length === 1)) yield first;
      else {
        const likely = likeOtherLines([...correct, ...alternatives], ({ newText }) => newText, place.lines);
        if (likely !== undefined) yield likely;
      }
    }
  }
  for (const candidate of [...withoutDoubledLines(place), ...blockEnds(place, problems, make)])
    if (isBalanced(candidate) && (await isCorrect(candidate))) yield candidate;
  // What a line above has opened, unless a bracket there is one too many.
  if (opened.length > 0 || (await isAnyCorrect([...withoutDoubledOpeners(place, tried, make)]))) return;
  for (const line of tried) {
    const found = new Map<string, Candidate>();
    for (const newLine of outerClosers(place, line)) {
      const candidate = make(line, newLine);
      if (candidate !== undefined && isBalanced(candidate) && (await isCorrect(candidate)))
        found.set(newLine, candidate);
    }
    if (found.size === 1) yield* found.values();
  }
}

/** What a line's text doesn't tell, for each line. */
function contextOf({ text, lines, languageId }: FixPlace): (line: number) => LineContext {
  const isDouble = (text.match(/"/g)?.length ?? 0) >= (text.match(/'/g)?.length ?? 0);
  const names = countWords(codeOnly(text, languageOf(languageId)));
  return (line) => ({
    isDouble,
    names,
    isInList: /[([]$/.test(
      unbalancedBrackets(lines.slice(Math.max(0, line - MAX_LINES_OF_LIST), line).join('\n'), languageId),
    ),
  });
}

/** Deeper lines below belong to this one: a new semicolon or comma would cut them off, but of a list's. */
function cutsOff({ lines, languageId }: FixPlace, own: string, newLine: string, line: number): boolean {
  const end = /[;,]\s*$/.exec(newLine)?.[0].trim();
  if (end === undefined || /^\s*for\b/.test(newLine) || own.trimEnd().endsWith(end)) return false;
  if (end === ',' && /[([]$/.test(unbalancedBrackets(own, languageId))) return false;
  return isDeeperBelow(lines, line);
}

function isDeeperBelow(lines: readonly string[], line: number): boolean {
  const below = lines.slice(line + 1).find((each) => !isBlank(each));
  return below !== undefined && indentWidth(below) > indentWidth(lines[line] ?? '');
}

const bracketsIn = (text: string): string => text.replace(/[^()[\]{}]/g, '');

/** The lines around the diagnostic and the first syntax errors, the likeliest first. */
export function linesToTry(
  { lines, target }: FixPlace,
  problems: readonly SyntaxProblem[],
): readonly number[] {
  const found = new Set<number>();
  const add = (line: number): void => {
    if (line >= 0 && line < lines.length && !isBlank(lines[line] ?? '')) found.add(line);
  };
  const above = (line: number): number => {
    let at = line - 1;
    while (at > 0 && (isBlank(lines[at] ?? '') || COMMENT_LINE.test(lines[at] ?? ''))) at--;
    return at;
  };
  for (let line = target.start; line < Math.min(target.end, target.start + MAX_LINES); line++) add(line);
  for (const { line } of problems.slice(0, MAX_LINES)) add(line);
  add(above(target.start));
  // A condition over several lines: the first one is named. Of a block that the parser gives up, the brace is.
  add(target.end);
  for (const { line, message } of problems.slice(0, 2))
    if (/never closed/.test(message))
      for (let below = line + 1; below <= line + MAX_LINES; below++) add(below);
  for (const { line } of problems.slice(0, 2)) add(above(line));
  return [...found].slice(0, MAX_LINES * 2);
}

/**
 * Lines above the first problem that leave a bracket open within, though nothing continues on the next: the mistake is
 * there, and the parser only notices below.
 */
function openLines(
  { lines, languageId, target }: FixPlace,
  problems: readonly SyntaxProblem[],
): readonly number[] {
  if (languageId === 'shellscript') return [];
  const language = languageOf(languageId);
  const first = Math.min(target.start, ...problems.map(({ line }) => line));
  const last = Math.max(target.end, ...problems.slice(0, 2).map(({ line }) => line + 1));
  const found: number[] = [];
  for (let line = Math.max(0, first - MAX_LINES_ABOVE); line < Math.min(last, lines.length); line++) {
    const { code } = codePart(lines[line] ?? '', language);
    const below = lines.slice(line + 1).find((each) => !isBlank(each)) ?? '';
    const isEnded = !/[,([{+\-*/=&|?:.\\]$/.test(code) && indentWidth(below) <= indentWidth(code);
    if (isEnded && /[([]/.test(unbalancedBrackets(code, languageId))) found.push(line);
  }
  return found.slice(-MAX_LINES);
}

/**
 * Lines above the first problem on which a mistake shows itself late: an open quote where strings may go over several
 * lines, the head of a shell's block, a line of doubled brackets.
 */
function suspiciousLines(
  { lines, languageId, target }: FixPlace,
  problems: readonly SyntaxProblem[],
): readonly number[] {
  const isShell = languageId === 'shellscript';
  const first = Math.min(target.start, ...problems.map(({ line }) => line));
  const language = languageOf(languageId);
  const found: number[] = [];
  for (let line = isShell ? Math.max(0, first - MAX_LINES_ABOVE) : 0; line < target.start; line++) {
    const { code, openQuote } = codePart(lines[line] ?? '', language);
    const isSuspicious = isShell
      ? openQuote !== undefined ||
        /[^;\s]\s+(?:then|do)$/.test(code) ||
        SHELL_HEAD.test(code) ||
        /\$\([^()]*$/.test(code)
      : /^\s*([\])}])\1[;,]?$|([([{])\2$/.test(code);
    if (isSuspicious) found.push(line);
  }
  return found.slice(-MAX_LINES);
}

function* withoutDoubledOpeners(
  { lines }: FixPlace,
  tried: readonly number[],
  make: (line: number, newLine: string) => Candidate | undefined,
): Generator<Candidate, void> {
  const end = Math.max(0, ...tried) + 1;
  for (let line = Math.max(0, end - MAX_LINES_ABOVE); line < end; line++) {
    const own = lines[line] ?? '';
    for (const { index } of own.matchAll(/([([])\1/g)) {
      const candidate = make(line, own.slice(0, index) + own.slice(index + 1));
      if (candidate !== undefined) yield candidate;
    }
  }
}

/** The line with what closes a bracket of the text that nothing closes: at the places of its end. */
function outerClosers({ text, lines, languageId }: FixPlace, line: number): string[] {
  const own = lines[line] ?? '';
  if (/[([]/.test(unbalancedBrackets(own, languageId))) return [];
  const open = unbalancedBrackets(text, languageId).replace(/[^([]/g, '');
  const { code, rest } = codePart(own, languageOf(languageId));
  return [...new Set(open)].flatMap((opener) => closedAtTail(code, rest, opener === '(' ? ')' : ']'));
}
