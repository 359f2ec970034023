import type { TypedDocument } from './typedDocument.js';

/** Opening and closing ones in turn. */
const BRACKETS = '()[]{}';

/** What somebody does next who wants a certain text. */
export type Stroke =
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'enter' }
  | { readonly kind: 'backspace' }
  /** Put in as it is: indentation that the editor doesn't know of. */
  | { readonly kind: 'tab'; readonly text: string }
  /** Characters behind the cursor that the editor has put in and that aren't wanted. */
  | { readonly kind: 'delete'; readonly count: number }
  /** Past what the editor has put in already, with the arrow keys. */
  | { readonly kind: 'move'; readonly offset: number };

/** Text that is to be in the end, and where its typing ends; what follows is in the document already. */
export interface TypingGoal {
  readonly text: string;
  readonly end: number;
}

/** The next stroke towards `goal` from wherever the document is, or `undefined` when it is reached. */
export function nextStroke(document: TypedDocument, goal: TypingGoal): Stroke | undefined {
  const before = document.text.slice(0, document.cursor);
  const agreed = commonLength(before, goal.text);
  if (agreed < before.length) return mend(document, goal, before.slice(agreed), agreed);
  if (document.cursor >= goal.end) {
    const surplus = document.text.length - document.cursor - (goal.text.length - goal.end);
    return surplus > 0 ? { kind: 'delete', count: surplus } : undefined;
  }
  return goOn(document, goal);
}

/** There is something before the cursor that isn't wanted. */
function mend(document: TypedDocument, { text }: TypingGoal, surplus: string, agreed: number): Stroke {
  const { linePrefix } = document;
  if (linePrefix.trim() === '' && surplus.length <= linePrefix.length) {
    const next = text[agreed] ?? '';
    if (next === '\n' && surplus === linePrefix) return { kind: 'enter' };
    const indent = linePrefix.slice(0, linePrefix.length - surplus.length);
    if (next !== '' && document.indentOfClosing(next) === indent) return { kind: 'type', text: next };
  }
  return { kind: 'backspace' };
}

/** All before the cursor is as wanted. */
function goOn(document: TypedDocument, goal: TypingGoal): Stroke {
  const { cursor } = document;
  const next = String.fromCodePoint(goal.text.codePointAt(cursor) ?? 0);
  const past = pastAutoClosed(document, goal, next);
  if (past !== undefined) return past;
  if (next === '\n') return { kind: 'enter' };
  const dedented = document.indentOfClosing(next);
  // The editor would take the line to another place, and again after each correction.
  if (dedented !== undefined && dedented !== document.linePrefix) return { kind: 'tab', text: next };
  if (/[ \t]/.test(next) && document.linePrefix.trim() === '') {
    const rest = /^[ \t]+/.exec(goal.text.slice(cursor))?.[0] ?? next;
    return { kind: 'tab', text: rest };
  }
  return { kind: 'type', text: next };
}

function pastAutoClosed(
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
  return isWanted(text[closer] ?? '', goal.text, cursor) ? undefined : { kind: 'delete', count: 1 };
}

/** Whether this bracket is the first of those to come that closes what is open now. Brackets in strings count too. */
function isWanted(closer: string, text: string, from: number): boolean {
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
