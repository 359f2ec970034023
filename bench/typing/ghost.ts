import type { Edit, TypedDocument } from './typedDocument.js';
import type { TypingGoal } from './typist.js';

/** An inline completion that an editor has: `[start, end)` of its text would become `text`. */
export interface Ghost {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** So many characters of ghost text decide whether it is right. */
const JUDGED = 12;

/** Where the completion stands after an edit; `undefined` when the edit has spoilt it. */
export function ghostAfter(ghost: Ghost, { start, end, text }: Edit): Ghost | undefined {
  if (start < ghost.start || end > ghost.end) return undefined;
  return { ...ghost, end: ghost.end + text.length - (end - start) };
}

/**
 * What VS Code shows of it behind the cursor: the text before the cursor must be its beginning (indentation apart),
 * what it replaces behind the cursor must be found in it.
 */
export function shownText({ start, end, text }: Ghost, document: TypedDocument): string | undefined {
  const { cursor, linePrefix } = document;
  if (start > cursor || end < cursor) return undefined;
  const before = document.text.slice(start, cursor);
  const after = document.text.slice(cursor, end);
  const isIndent = before !== '' && before.trim() === '' && linePrefix.trim() === '';
  const rest = text.startsWith(before) ? text.slice(before.length) : isIndent ? text.trimStart() : undefined;
  return rest === undefined || rest === '' || rest === after || !holds(rest, after) ? undefined : rest;
}

export interface Verdict {
  /** The first characters are what is typed next. */
  readonly isRight: boolean;
  /** All of it is. */
  readonly isWhole: boolean;
}

/** @param shown what {@link shownText} gives for it */
export function judge(ghost: Ghost, shown: string, document: TypedDocument, { text }: TypingGoal): Verdict {
  const accepted = document.text.slice(0, ghost.start) + ghost.text;
  const judged = accepted.length - shown.length + Math.min(JUDGED, shown.length);
  return { isRight: text.startsWith(accepted.slice(0, judged)), isWhole: text.startsWith(accepted) };
}

/** Whether the characters of `part` come in `text` in this order. */
function holds(text: string, part: string): boolean {
  let at = 0;
  for (const character of part) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
