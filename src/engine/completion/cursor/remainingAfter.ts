/**
 * What is left of a text once `typed` was typed; `undefined` when the two disagree. An editor indents after Enter by
 * itself, so on a line of which nothing but white space was typed, that white space need not be the text's.
 */
export function remainingAfter(text: string, typed: string): string | undefined {
  if (text.startsWith(typed)) return text.slice(typed.length);
  const lineStart = typed.lastIndexOf('\n') + 1;
  const indent = typed.slice(lineStart);
  if (lineStart === 0 || indent.trim() !== '' || !text.startsWith(typed.slice(0, lineStart)))
    return undefined;
  const rest = text.slice(lineStart);
  const own = /^[ \t]*/.exec(rest)?.[0] ?? '';
  // Indented further than the text goes on: what closes a block would stand too far in.
  if (own.length < indent.length && !/^[\p{L}\p{N}_"'@#/]/u.test(rest.slice(own.length))) return undefined;
  const firstBreak = rest.indexOf('\n');
  // The lines below are indented like the text's first one, and would not fit.
  return rest.slice(own.length, own.length === indent.length || firstBreak < 0 ? undefined : firstBreak);
}

/** Whether a text that is still growing may become what was typed, or has become it. */
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
