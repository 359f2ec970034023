import type { TypedDocument } from './typedDocument.js';

/** Opening and closing brackets, alternating. */
const BRACKETS = '()[]{}';

/** The next action of a user who types a given text. */
export type Stroke =
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'enter' }
  | { readonly kind: 'backspace' }
  /** Indentation that the editor doesn't insert itself; inserted as it is. */
  | { readonly kind: 'tab'; readonly text: string }
  /** Deletes unwanted characters after the cursor that the editor inserted. */
  | { readonly kind: 'delete'; readonly count: number }
  /** Moves past text that the editor inserted, with the arrow keys. */
  | { readonly kind: 'move'; readonly offset: number };

/** The final text, and the offset at which typing ends; the rest is already in the document. */
export interface TypingGoal {
  readonly text: string;
  readonly end: number;
}

/** The next stroke towards `goal` from the current state of the document; `undefined` if it is reached. */
export function nextStroke(document: TypedDocument, goal: TypingGoal): Stroke | undefined {
  const before = document.text.slice(0, document.cursor);
  const matched = commonLength(before, goal.text);
  if (matched < before.length) return removeSurplus(document, goal, before.slice(matched), matched);
  if (document.cursor >= goal.end) {
    const surplus = document.text.length - document.cursor - (goal.text.length - goal.end);
    return surplus > 0 ? { kind: 'delete', count: surplus } : undefined;
  }
  return continueTyping(document, goal);
}

/** Removes unwanted text before the cursor. */
function removeSurplus(
  document: TypedDocument,
  { text }: TypingGoal,
  surplus: string,
  matched: number,
): Stroke {
  const { linePrefix } = document;
  if (linePrefix.trim() === '' && surplus.length <= linePrefix.length) {
    const next = text[matched] ?? '';
    if (next === '\n' && surplus === linePrefix) return { kind: 'enter' };
    const indent = linePrefix.slice(0, linePrefix.length - surplus.length);
    if (next !== '' && document.indentOfClosing(next) === indent) return { kind: 'type', text: next };
  }
  return { kind: 'backspace' };
}

/** Continues where all text before the cursor matches the goal. */
function continueTyping(document: TypedDocument, goal: TypingGoal): Stroke {
  const { cursor } = document;
  const next = String.fromCodePoint(goal.text.codePointAt(cursor) ?? 0);
  const past = handleAutoClosed(document, goal, next);
  if (past !== undefined) return past;
  if (next === '\n') return { kind: 'enter' };
  const dedented = document.indentOfClosing(next);
  // The editor would change the indentation of the line, and again after each correction.
  if (dedented !== undefined && dedented !== document.linePrefix) return { kind: 'tab', text: next };
  if (/[ \t]/.test(next) && document.linePrefix.trim() === '') {
    const indent = /^[ \t]+/.exec(goal.text.slice(cursor))?.[0] ?? next;
    return { kind: 'tab', text: indent };
  }
  return { kind: 'type', text: next };
}

function handleAutoClosed(
  { text, cursor, autoClosed }: TypedDocument,
  goal: TypingGoal,
  next: string,
): Stroke | undefined {
  const [closer] = autoClosed;
  if (closer === undefined) return undefined;
  const gap = text.slice(cursor, closer);
  if (gap !== '') {
    if (gap.trim() !== '') return undefined;
    if (goal.text.startsWith(text.slice(cursor, closer + 1), cursor))
      return { kind: 'move', offset: closer + 1 };
    return next === text[closer] ? { kind: 'delete', count: gap.length } : undefined;
  }
  if (next === text[closer]) return undefined;
  if (next === '\n') return isQuote(text[closer]) ? { kind: 'delete', count: 1 } : undefined;
  return isNextCloser(text[closer] ?? '', goal.text, cursor) ? undefined : { kind: 'delete', count: 1 };
}

/** Whether the next unmatched closing bracket of the goal is this one. Brackets in strings count too. */
function isNextCloser(closer: string, text: string, from: number): boolean {
  if (!BRACKETS.includes(closer)) return true;
  const open: number[] = [];
  for (let at = from; at < text.length; at++) {
    const kind = BRACKETS.indexOf(text[at] ?? '');
    if (kind >= 0 && kind % 2 === 0) open.push(kind);
    if (kind % 2 !== 1) continue;
    const opening = open.lastIndexOf(kind - 1);
    if (opening < 0) return text[at] === closer;
    open.length = opening;
  }
  return false;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
