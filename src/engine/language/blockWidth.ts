import { indentWidth } from './lines.js';

/** How far a line is indented. The stars of a comment stand one further in than what they belong to. */
export function blockWidth(line: string): number {
  const width = indentWidth(line);
  return /^\s+\*(?:\s|\/|$)/.test(line) ? width - 1 : width;
}
