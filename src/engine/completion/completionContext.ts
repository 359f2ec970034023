import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextBudget as Budget } from './contextBudget.js';
import { lineAround, type Place } from './place.js';
import type { Position } from 'vscode-languageserver-protocol';

/** What a completion is made from: the text around the cursor, cut to a budget. */
export interface CompletionContext {
  readonly languageId: string;
  /** Text before the cursor, from a line's start on. Lines end in `\n`. */
  readonly prefix: string;
  /** Text after the cursor, to a line's end. Lines end in `\n`. */
  readonly suffix: string;
  /** The line's text before and after the cursor. */
  readonly linePrefix: string;
  readonly lineSuffix: string;
  /** The editor's unit of indentation; read off the text where it is not known. */
  readonly indent?: { readonly useTabs: boolean; readonly size: number };
  /** Parts of other files that the prompt showed. */
  readonly snippets?: readonly { readonly path: string; readonly text: string }[];
}

type TextBudget = Pick<Budget, 'prefixCharacters' | 'suffixCharacters'>;

/** Cuts out the text around the cursor. Works on offsets, so that a file of megabytes isn't copied. */
export function contextAt(document: TextDocument, position: Position, budget: TextBudget): CompletionContext {
  const offset = document.offsetAt(position);
  const lineStart = document.offsetAt({ line: position.line, character: 0 });
  const text = document.getText();
  const lineEnd = endOfLine(text, offset);
  const prefix = text.slice(windowStart(document, offset, budget.prefixCharacters), offset);
  const suffix = text.slice(offset, windowEnd(text, lineEnd, offset, budget.suffixCharacters));
  return {
    languageId: document.languageId,
    prefix: unixLines(prefix),
    suffix: unixLines(suffix),
    linePrefix: text.slice(Math.max(lineStart, offset - budget.prefixCharacters), offset),
    lineSuffix: text.slice(offset, Math.min(lineEnd, offset + budget.suffixCharacters)),
  };
}

/**
 * The window begins at a line's start, and moves in steps of a quarter of its size, not with each key: a start that
 * slides would change the prompt's first tokens, and with them the whole KV cache.
 */
function windowStart(document: TextDocument, offset: number, size: number): number {
  if (offset <= size) return 0;
  const step = Math.floor(size / 4);
  const earliest = Math.ceil((offset - size) / step) * step;
  const { line, character } = document.positionAt(earliest);
  const start = document.offsetAt({ line: character === 0 ? line : line + 1, character: 0 });
  // One line longer than the window: cut inside it.
  return start > offset || start - earliest > size / 2 ? earliest : start;
}

function windowEnd(text: string, lineEnd: number, offset: number, size: number): number {
  if (text.length - offset <= size) return text.length;
  if (lineEnd - offset >= size) return offset + size;
  const lastBreak = text.lastIndexOf('\n', offset + size);
  return lastBreak > lineEnd ? lastBreak : lineEnd;
}

function endOfLine(text: string, offset: number): number {
  const lineBreak = /[\r\n]/g;
  lineBreak.lastIndex = offset;
  return lineBreak.exec(text)?.index ?? text.length;
}

function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

/** The context at a place. */
export function contextOf(
  place: Place,
  extra: Pick<CompletionContext, 'indent' | 'snippets'> = {},
): CompletionContext {
  const { prefix, suffix } = lineAround(place);
  return {
    languageId: place.languageId,
    prefix: place.before,
    suffix: place.after,
    linePrefix: prefix,
    lineSuffix: suffix,
    ...extra,
  };
}
