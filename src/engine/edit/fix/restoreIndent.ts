import { indentOf, indentWidth, isBlank } from '../../language/lines.js';

/**
 * Brings an answer to the indentation of the code that it is to replace: small models push everything to the right,
 * and write blanks where tabs were.
 * @param unit what one step of indentation is in the document
 */
export function restoreIndent(lines: readonly string[], code: readonly string[], unit: string): string[] {
  const surplus = indentSurplus(lines[0] ?? '', code[0] ?? '');
  const moved = lines.map((line) => (line.startsWith(surplus) ? line.slice(surplus.length) : line));
  if (unit === '\t') return code.some(beginsWithBlank) ? moved : toTabs(moved);
  return code.some((line) => line.startsWith('\t')) ? moved : moved.map((line) => expandTabs(line, unit));
}

/** What the first line has more than the first line of the code had. */
function indentSurplus(line: string, original: string): string {
  const [indent, wanted] = [indentOf(line), indentOf(original)];
  return indent.length > wanted.length ? indent.slice(wanted.length) : '';
}

function beginsWithBlank(line: string): boolean {
  return line.startsWith(' ') && !isBlank(line);
}

function toTabs(lines: readonly string[]): string[] {
  const widths = lines.filter(beginsWithBlank).map((line) => indentWidth(line));
  if (widths.length === 0) return [...lines];
  const step = Math.max(2, Math.min(...widths, 8));
  return lines.map((line) => {
    if (!beginsWithBlank(line)) return line;
    const width = indentWidth(line);
    return '\t'.repeat(Math.floor(width / step)) + ' '.repeat(width % step) + line.trimStart();
  });
}

function expandTabs(line: string, unit: string): string {
  const indent = indentOf(line);
  return indent.replaceAll('\t', unit) + line.slice(indent.length);
}
