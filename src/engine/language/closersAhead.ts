import { indentWidth } from './lines.js';
import { BracketScanner } from './brackets.js';
import type { CompletionContext } from '../completion/cursor/completionContext.js';
import { linesBelow } from './textAround.js';

/** How many closers of each kind a text may write beyond its own before it doubles what stands after the cursor. */
export interface CloserAllowance {
  /** Whether there is anything to double. */
  readonly hasClosers: boolean;
  /** Counts one that the text has written beyond its own; returns whether it doubles nothing. */
  take(character: string): boolean;
}

/**
 * Counts what the editor, or the user, has closed already behind the cursor: on the line, and on the next line where
 * that one closes what this line has opened. `foo(bar(▮)` leaves one bracket to the text, `foo(bar(▮))` none.
 */
export function closersAhead(context: CompletionContext): CloserAllowance {
  const { linePrefix, languageId } = context;
  const opened = [...new BracketScanner(languageId).push(linePrefix).opened];
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

const CLOSER: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '"': '"',
  "'": "'",
  '`': '`',
};

function closersAfter(context: CompletionContext, opened: readonly string[]): string[] {
  const { linePrefix, lineSuffix, languageId } = context;
  const scanner = new BracketScanner(languageId);
  const [quote = ''] = opened.slice(-1);
  const found =
    new Set(['"', "'", '`']).has(quote) && lineSuffix.trimStart().startsWith(quote) ? [quote] : [];
  scanner.push(found.length === 0 ? lineSuffix : lineSuffix.trimStart().slice(1));
  found.push(...scanner.excess.map(({ character }) => character));
  if (/[^\s)\]}'"`;,]/.test(lineSuffix) || linePrefix.trim() === '' || opened.length === 0) return found;
  const [next] = linesBelow(context, 1);
  const closing = /^\s*([)\]}]+)/.exec(next ?? '')?.[1];
  if (next !== undefined && closing !== undefined && indentWidth(next) === indentWidth(linePrefix))
    found.push(...closing);
  return found;
}
