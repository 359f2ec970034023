import { lineAround, type CursorContext } from './cursorContext.js';

/** Characters on each side that must be the same, for two cursors to be in one text. */
const COMPARED_BEFORE = 2000;
const COMPARED_AFTER = 400;
/** No editor inserts longer closing parts. */
const MAX_CLOSING_LENGTH = 80;

export interface Typed {
  /** The text between the two cursors; `''` if they are the same. */
  readonly text: string;
  /** What an editor has inserted after the cursor meanwhile: closing brackets and quotes. */
  readonly closing: string;
}

/** What was typed to get from one cursor to another; `undefined` when something else has changed. */
export function typedBetween(from: CursorContext, to: CursorContext): Typed | undefined {
  if (from.uri !== to.uri || from.languageId !== to.languageId) return undefined;
  const split = offsetIn(to, from);
  if (split === undefined) return undefined;
  const compared = Math.min(COMPARED_BEFORE, from.before.length, split);
  if (from.before.slice(from.before.length - compared) !== to.before.slice(split - compared, split))
    return undefined;
  const closing = closingBetween(from.after, to.after);
  return closing === undefined ? undefined : { text: to.before.slice(split), closing };
}

/** Where in `to.before` the position of `from` lies. */
function offsetIn(to: CursorContext, from: CursorContext): number | undefined {
  let lineStart = to.before.length - lineAround(to).prefix.length;
  for (let line = to.line; line > from.line; line--) {
    if (lineStart === 0) return undefined;
    lineStart = to.before.lastIndexOf('\n', lineStart - 2) + 1;
  }
  if (to.line < from.line) return undefined;
  const offset = lineStart + from.character;
  const lineEnd = to.before.indexOf('\n', lineStart);
  return offset > to.before.length || (lineEnd >= 0 && offset > lineEnd) ? undefined : offset;
}

/** An editor closes brackets and quotes, and moves a closing brace onto a line of its own after Enter. */
function closingBetween(old: string, now: string): string | undefined {
  const head = old.slice(0, COMPARED_AFTER);
  if (continues(now, head, old.length)) return '';
  const most = /^[\s)\]}>"'`;]*/.exec(now)?.[0] ?? '';
  for (let length = 1; length <= Math.min(most.length, MAX_CLOSING_LENGTH); length++) {
    const closing = now.slice(0, length);
    if (/[)\]}>"'`]$/.test(closing) && continues(now.slice(length), head, old.length)) return closing;
  }
  return undefined;
}

/** Whether `now` begins like the old text; one shorter than what is compared must be equal. */
function continues(now: string, head: string, length: number): boolean {
  return length < COMPARED_AFTER ? now === head : now.startsWith(head);
}

/**
 * What is left of a text once `typed` was typed; `undefined` when the two disagree. An editor indents after Enter,
 * so on a line of which only white space was typed, that white space may differ from the text's.
 */
export function remainingAfter(text: string, typed: string): string | undefined {
  if (text.startsWith(typed)) return text.slice(typed.length);
  const lineStart = typed.lastIndexOf('\n') + 1;
  const indent = typed.slice(lineStart);
  if (lineStart === 0 || indent.trim() !== '' || !text.startsWith(typed.slice(0, lineStart)))
    return undefined;
  const rest = text.slice(lineStart);
  const own = /^[ \t]*/.exec(rest)?.[0] ?? '';
  // Indented further than the text's next line: a block's closing bracket would be too far to the right.
  if (own.length < indent.length && !/^[\p{L}\p{N}_"'@#/]/u.test(rest.slice(own.length))) return undefined;
  const firstBreak = rest.indexOf('\n');
  // The lines below are indented like the text's first one, and would not fit.
  return rest.slice(own.length, own.length === indent.length || firstBreak < 0 ? undefined : firstBreak);
}

/** Whether an unfinished text may become what was typed, or has become it. */
export function mayBecome(growing: string, typed: string): boolean {
  return (
    typed.startsWith(growing) ||
    remainingAfter(growing, typed) !== undefined ||
    isBlankLineSoFar(growing, typed)
  );
}

/** Both have begun the same line and written only white space on it. */
function isBlankLineSoFar(growing: string, typed: string): boolean {
  const [a, b] = [growing, typed].map((text) => text.lastIndexOf('\n') + 1);
  if (a === undefined || b === undefined || a === 0 || a !== b) return false;
  return (
    growing.slice(0, a) === typed.slice(0, b) &&
    growing.slice(a).trim() === '' &&
    typed.slice(b).trim() === ''
  );
}
