import { BracketScanner, type ExcessCloser } from '../../language/brackets.js';
import { indentWidth } from '../../language/lines.js';
import { linesBelow } from '../../language/textAround.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import type { Rule } from './rule.js';

/**
 * Cuts the text before a closing bracket or quote that is already after the cursor, where an editor puts it together
 * with the opening one. `print(▮)` and `x)` give `x`.
 */
export const cutDoubledBracket: Rule = {
  name: 'cutDoubledBracket',
  drop: (text, context) => {
    const closers = closersAhead(context);
    if (!closers.hasClosers) return text;
    const doubled = excessOf(text, context).find(({ character }) => !closers.take(character));
    return doubled === undefined ? text : text.slice(0, doubled.at);
  },
  stopAt: (context) => {
    const closers = closersAhead(context);
    const scanner = scannerAt(context);
    let scanned = 0;
    let checked = 0;
    return ({ text }) => {
      scanner.push(text.slice(scanned));
      scanned = text.length;
      for (const { character, at } of scanner.excess.slice(checked)) {
        checked++;
        if (!closers.take(character)) return { keep: at, reason: 'bracket' };
      }
      return undefined;
    };
  },
};

/** Takes off a last line that only closes, when the same line is below with the same indentation. */
export const cutDoubledClosingLine: Rule = {
  name: 'cutDoubledClosingLine',
  drop: (text, context) => {
    const lines = text.split('\n');
    const last = lines.length === 1 ? context.linePrefix + text : (lines.at(-1) ?? '');
    const [next] = linesBelow(context, 1);
    if (next === undefined || !/^\s*[)\]}]+[;,]?\s*$/.test(next) || withoutEnd(last) !== withoutEnd(next))
      return text;
    // If it closes what the text itself has opened, the one below closes something else.
    return excessOf(text, context).length === 0 ? text : lines.slice(0, -1).join('\n');
  },
  // A closing line may open another block with its next characters, or get a second bracket.
  mightBeDropped: ({ line, isFirst }) => (!isFirst && /^[)\]}]/.test(line) ? 1 : 0),
};

function withoutEnd(line: string): string {
  return line.trimEnd().replace(/[;,]$/, '');
}

function scannerAt({ languageId, linePrefix }: CompletionContext): BracketScanner {
  const scanner = new BracketScanner(languageId).push(linePrefix);
  scanner.mark();
  return scanner;
}

/** What a text closes that it hasn't opened. */
function excessOf(text: string, context: CompletionContext): readonly ExcessCloser[] {
  return scannerAt(context).push(text).excess;
}

/** How many closers of each kind a text may write beyond its own before it doubles what is after the cursor. */
interface CloserAllowance {
  /** Whether there is anything to double. */
  readonly hasClosers: boolean;
  /** Counts one that the text has beyond its own; returns whether it doubles nothing. */
  take(character: string): boolean;
}

const CLOSER: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '"': '"',
  "'": "'",
  '`': '`',
};

/**
 * Counts what is closed after the cursor: on the line, and on the next line if that closes what this line has opened.
 * `foo(bar(▮)` leaves one bracket to the text, `foo(bar(▮))` none.
 */
function closersAhead(context: CompletionContext): CloserAllowance {
  const { linePrefix, languageId } = context;
  const opened = new BracketScanner(languageId).push(linePrefix).opened;
  const ahead = new Map<string, number>();
  for (const character of closersAfter(context, opened))
    ahead.set(character, (ahead.get(character) ?? 0) + 1);
  const allowed = new Map<string, number>();
  for (const [character, count] of ahead) {
    const open = opened.filter((opener) => CLOSER[opener] === character).length;
    allowed.set(character, Math.max(0, open - count));
  }
  return {
    hasClosers: ahead.size > 0,
    take: (character) => {
      const left = allowed.get(character);
      if (left === undefined) return true;
      allowed.set(character, left - 1);
      return left > 0;
    },
  };
}

function closersAfter(context: CompletionContext, opened: readonly string[]): string[] {
  const { linePrefix, lineSuffix, languageId } = context;
  const scanner = new BracketScanner(languageId);
  const quote = opened.at(-1) ?? '';
  const isQuote = quote !== '' && CLOSER[quote] === quote;
  const found = isQuote && lineSuffix.trimStart().startsWith(quote) ? [quote] : [];
  scanner.push(found.length === 0 ? lineSuffix : lineSuffix.trimStart().slice(1));
  found.push(...scanner.excess.map(({ character }) => character));
  if (/[^\s)\]}'"`;,]/.test(lineSuffix) || linePrefix.trim() === '' || opened.length === 0) return found;
  const [next] = linesBelow(context, 1);
  const closing = /^\s*([)\]}]+)/.exec(next ?? '')?.[1];
  if (next !== undefined && closing !== undefined && indentWidth(next) === indentWidth(linePrefix))
    found.push(...closing);
  return found;
}
