import type { Edit, TypedDocument } from './typedDocument.js';
import type { TypingGoal } from './typist.js';

/** An inline completion in an editor: it would replace `[start, end)` of the document with `text`. */
export interface Ghost {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Ghost text counts as right if this many of its first characters are. */
const CHECKED_LENGTH = 12;

/** The completion with its range adjusted to an edit; `undefined` if the edit invalidates it. */
export function ghostAfterEdit(ghost: Ghost, { start, end, text }: Edit): Ghost | undefined {
  if (start < ghost.start || end > ghost.end) return undefined;
  return { ...ghost, end: ghost.end + text.length - (end - start) };
}

/**
 * The text that VS Code shows after the cursor. The completion must start with the replaced text before the cursor
 * (apart from indentation) and contain the replaced text after the cursor.
 */
export function visibleText({ start, end, text }: Ghost, document: TypedDocument): string | undefined {
  const { cursor, linePrefix } = document;
  if (start > cursor || end < cursor) return undefined;
  const before = document.text.slice(start, cursor);
  const after = document.text.slice(cursor, end);
  const isIndent = before !== '' && before.trim() === '' && linePrefix.trim() === '';
  const rest = text.startsWith(before) ? text.slice(before.length) : isIndent ? text.trimStart() : undefined;
  return rest === undefined || rest === '' || rest === after || !isSubsequence(after, rest)
    ? undefined
    : rest;
}

export interface Verdict {
  /** Its first characters are typed next. */
  readonly isRight: boolean;
  /** The whole text is. */
  readonly isWhole: boolean;
}

/**
 * Compares ghost text with the goal.
 * @param shown the result of {@link visibleText}
 */
export function checkGhost(
  ghost: Ghost,
  shown: string,
  document: TypedDocument,
  { text }: TypingGoal,
): Verdict {
  const accepted = document.text.slice(0, ghost.start) + ghost.text;
  const checkedEnd = accepted.length - shown.length + Math.min(CHECKED_LENGTH, shown.length);
  return { isRight: text.startsWith(accepted.slice(0, checkedEnd)), isWhole: text.startsWith(accepted) };
}

/** Whether `text` contains the characters of `part` in this order. */
function isSubsequence(part: string, text: string): boolean {
  let at = 0;
  for (const character of part) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
