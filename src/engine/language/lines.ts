import { TextDocument } from 'vscode-languageserver-textdocument';

/** A text by lines, without their ends. Reading a few lines doesn't split a file of megabytes. */
export interface Lines {
  readonly count: number;
  /** The line's text; empty outside the text. */
  at(line: number): string;
}

/** Whole lines: from `start` up to, but not including, `end`. */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
}

export function linesOf(text: string): Lines {
  const document = TextDocument.create('', '', 0, text);
  const at = (line: number): string => {
    if (line < 0 || line >= document.lineCount) return '';
    const start = { line, character: 0 };
    return document.getText({ start, end: { line: line + 1, character: 0 } }).replace(/[\r\n]+$/, '');
  };
  return { count: document.lineCount, at };
}

export function textsIn(lines: Lines, { start, end }: LineSpan): string[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => lines.at(start + index));
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** Columns of a line's indentation. A tab leads to the next multiple of `tabSize`. */
export function indentWidth(line: string, tabSize = 4): number {
  let width = 0;
  for (const character of line) {
    if (character === ' ') width++;
    else if (character === '\t') width += tabSize - (width % tabSize);
    else break;
  }
  return width;
}

/** A line's leading blanks. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** A line without the last `columns` of its indentation, or without all of it if it has fewer. */
export function shiftedLeft(line: string, columns: number): string {
  let blanks = indentOf(line);
  const rest = line.slice(blanks.length);
  const width = Math.max(0, indentWidth(blanks) - columns);
  while (indentWidth(blanks) > width) blanks = blanks.slice(0, -1);
  return blanks + rest;
}
