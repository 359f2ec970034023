import { checkGhost, type Ghost } from './ghost.js';
import type { Edit, TypedDocument } from './typedDocument.js';
import type { TypingGoal } from './typist.js';

const FIRST_WORD = /^\s*(?:[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]+)/u;

/** The part of the ghost text that the user would accept: all, its first line or its first word, if it matches the goal. */
export function acceptedPart(
  ghost: Ghost,
  shown: string,
  document: TypedDocument,
  goal: TypingGoal,
): (Edit & { readonly characters: number }) | undefined {
  if (checkGhost(ghost, shown, document, goal).isWhole) return { ...ghost, characters: shown.length };
  // Only text that is inserted at the cursor can be accepted in part.
  const { cursor } = document;
  if (!ghost.text.endsWith(shown) || !goal.text.startsWith(document.text.slice(0, cursor))) return undefined;
  const parts = [/^.+(?=\n)/.exec(shown)?.[0], FIRST_WORD.exec(shown)?.[0]];
  const part = parts.find((text) => text !== undefined && goal.text.startsWith(text, cursor));
  return part === undefined ? undefined : { start: cursor, end: cursor, text: part, characters: part.length };
}
