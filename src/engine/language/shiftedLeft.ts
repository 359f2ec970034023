import { indentOf, indentWidth } from './lines.js';

/** A line without the last `columns` of its indentation, as far as it has them. */
export function shiftedLeft(line: string, columns: number): string {
  let blanks = indentOf(line);
  const rest = line.slice(blanks.length);
  const width = Math.max(0, indentWidth(blanks) - columns);
  while (indentWidth(blanks) > width) blanks = blanks.slice(0, -1);
  return blanks + rest;
}
