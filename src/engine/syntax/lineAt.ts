export function lineStartAt(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line's text ends, before its line break. */
export function lineEndAt(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** How far in a line of this white space begins; a tab counts as four. */
export function columnOf(indent: string): number {
  const blanks = /^[ \t]*/.exec(indent)?.[0] ?? '';
  return [...blanks].reduce((width, character) => width + (character === '\t' ? 4 : 1), 0);
}
