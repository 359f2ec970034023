/** How the lines of a text are indented: taken off for the model, put back into what it writes. */
import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { contextOf } from '../completion/cursor/completionContext.js';
import { cursorContextAt } from '../completion/cursor/cursorContext.js';
import { indentUnit } from '../language/indentUnit.js';
import { indentOf, indentWidth, isBlank, textsIn, type Lines } from '../language/lines.js';

export interface CodeShape {
  /** The indentation that all lines have. */
  readonly margin: string;
  /** One step of indentation. */
  readonly unit: string;
}

export interface IndentSetting {
  readonly useTabs: boolean;
  /** Columns of a step. */
  readonly size: number;
}

const MAX_CONTEXT_LINE_LENGTH = 200;
const DEFAULT_INDENT: IndentSetting = { useTabs: false, size: 4 };

/** What the code around a position is indented with, for clients that don't say. */
export function indentAt(document: TextDocument, position: Position): IndentSetting {
  return indentUnit(contextOf(cursorContextAt(document, position))) ?? DEFAULT_INDENT;
}

/** @param setting for a text that has no indentation of its own */
export function shapeOf(lines: readonly string[], setting: IndentSetting): CodeShape {
  const margin = commonMargin(lines);
  const inner = lines.map((line) => indentOf(line).slice(margin.length)).filter((indent) => indent !== '');
  const usesTabs =
    inner.length > 0
      ? inner.every((indent) => indent.startsWith('\t'))
      : margin.includes('\t') || (margin === '' && setting.useTabs);
  return { margin, unit: usesTabs ? '\t' : ' '.repeat(setting.size) };
}

/** The longest white space that all lines with a text begin with. */
export function commonMargin(lines: readonly string[]): string {
  let margin: string | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const indent = indentOf(line);
    margin ??= indent;
    while (!indent.startsWith(margin)) margin = margin.slice(0, -1);
  }
  return margin ?? '';
}

export function withoutMargin(lines: readonly string[], margin: string): string[] {
  return lines.map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.trimStart()));
}

export function withMargin(lines: readonly string[], margin: string): string[] {
  return lines.map((line) => (isBlank(line) ? line : margin + line));
}

/** The lines around a region that a model is shown, without blank ones at their edges and without the margin. */
export function linesAround(lines: Lines, start: number, end: number, margin: string): string[] {
  const span = { start: Math.max(0, start), end: Math.min(lines.count, end) };
  const texts = textsIn(lines, span).map((line) => line.slice(0, MAX_CONTEXT_LINE_LENGTH));
  while (texts.length > 0 && isBlank(texts[0] ?? '')) texts.shift();
  while (texts.length > 0 && isBlank(texts.at(-1) ?? '')) texts.pop();
  return texts.map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line));
}

/**
 * Gives new lines the indentation of the code that they replace: small models indent everything further, and write
 * spaces where there were tabs.
 * @param unit one step of indentation in the document
 */
export function restoreIndent(lines: readonly string[], code: readonly string[], unit: string): string[] {
  const surplus = indentSurplus(lines[0] ?? '', code[0] ?? '');
  const moved = lines.map((line) => (line.startsWith(surplus) ? line.slice(surplus.length) : line));
  if (unit === '\t') return code.some(isIndentedBySpaces) ? moved : toTabs(moved);
  return code.some((line) => line.startsWith('\t')) ? moved : moved.map((line) => expandTabs(line, unit));
}

/** What the first line is indented further than the first line of the code. */
function indentSurplus(line: string, original: string): string {
  const [indent, expected] = [indentOf(line), indentOf(original)];
  return indent.length > expected.length ? indent.slice(expected.length) : '';
}

function isIndentedBySpaces(line: string): boolean {
  return line.startsWith(' ') && !isBlank(line);
}

function toTabs(lines: readonly string[]): string[] {
  const widths = lines.filter(isIndentedBySpaces).map((line) => indentWidth(line));
  if (widths.length === 0) return [...lines];
  const step = Math.max(2, Math.min(...widths, 8));
  return lines.map((line) => {
    if (!isIndentedBySpaces(line)) return line;
    const width = indentWidth(line);
    return '\t'.repeat(Math.floor(width / step)) + ' '.repeat(width % step) + line.trimStart();
  });
}

function expandTabs(line: string, unit: string): string {
  const indent = indentOf(line);
  return indent.replaceAll('\t', unit) + line.slice(indent.length);
}
