import type { DocStyle } from './docStyle.js';
import { commonMargin } from '../codeShape.js';
import { wrapText } from './wrapText.js';
import { isBlank } from '../../language/lines.js';

/** Columns, with the indentation. */
const WIDTH = 100;
/** A comment longer than this explains more than anyone reads. */
const MAX_LINES = 24;

/** What a model's answer has to begin with so that it is a comment in this style. */
export function commentStart(style: DocStyle, symbolName: string | undefined): string {
  const lead = leadOf(style, symbolName).replaceAll('\n', `\n${style.each}`);
  // A docstring's text begins behind its quotes.
  const open = style.open === '' || style.open === '"""' ? style.open : `${style.open}\n`;
  // The blank behind the mark is part of the model's first word.
  return `${open}${style.each}${lead}`.trimEnd();
}

export interface DocText {
  /** The comment's text by lines, without what makes it a comment. */
  readonly lines: readonly string[];
  readonly isEnded: boolean;
}

/**
 * The text in a comment that a model has written.
 * @param comment what it began with and what it added
 * @param isWhole false while it is coming
 */
export function readComment(comment: string, style: DocStyle, isWhole: boolean): DocText {
  const all = comment.split(/\r\n|\n|\r/);
  const written = isWhole ? all : all.slice(0, -1);
  const { body, isEnded } =
    style.open === '' ? untilCode(written, style.each.trim()) : untilClose(written, style);
  const isLong = body.length > MAX_LINES;
  const lines = body.slice(0, MAX_LINES).map((line) => withoutMark(line, style.each));
  return { lines: neat(lines), isEnded: isEnded || isLong };
}

/** The comment as it is put into the document. */
export function renderComment(lines: readonly string[], style: DocStyle, indent: string): string[] {
  const { open, each, close } = style;
  const text = wrapText(lines, WIDTH - indent.length - each.length);
  if (open === '"""') return docstring(text, indent);
  const body = text.map((line) => (indent + each + harmless(line, close)).trimEnd());
  const [only] = body;
  if (each === '' && open !== '' && body.length === 1 && only !== undefined)
    return [`${indent}${open} ${only.trim()} ${close}`];
  return open === '' ? body : [indent + open, ...body, indent + close];
}

function docstring(lines: readonly string[], indent: string): string[] {
  const text = lines.map((line) => harmless(line, '"""'));
  const open = text.some((line) => line.includes('\\')) ? 'r"""' : '"""';
  const [first = '', ...rest] = text;
  if (rest.length === 0 && !/["\\]$/.test(first)) return [`${indent}${open}${first}"""`];
  const body = rest.map((line) => (isBlank(line) ? '' : indent + line));
  return [`${indent}${open}${first}`, ...body, `${indent}"""`];
}

/** Text that would end the comment, or (in Kotlin, Swift and Rust) open one inside it. */
function harmless(line: string, close: string): string {
  if (close === '') return line;
  const end = close.trim();
  const spaced = line.replaceAll(end, [...end].join(' '));
  return end === '*/' ? spaced.replaceAll('/*', '/ *') : spaced;
}

function leadOf({ lead = '', leadsWithName }: DocStyle, symbolName: string | undefined): string {
  return leadsWithName === true && symbolName !== undefined ? `${symbolName} ` : lead;
}

function untilClose(lines: readonly string[], style: DocStyle): { body: string[]; isEnded: boolean } {
  const open = style.open.trim();
  const close = style.close.trim();
  const body: string[] = [];
  for (const [index, line] of lines.entries()) {
    const text =
      index === 0 && line.trimStart().startsWith(open) ? line.trimStart().slice(open.length) : line;
    const end = text.indexOf(close);
    if (end >= 0) return { body: [...body, text.slice(0, end)], isEnded: true };
    if (/^\s*`{3,}\s*$/.test(text)) return { body, isEnded: true };
    body.push(text);
  }
  return { body, isEnded: false };
}

function untilCode(lines: readonly string[], mark: string): { body: string[]; isEnded: boolean } {
  const end = lines.findIndex((line) => !line.trimStart().startsWith(mark));
  return end < 0 ? { body: [...lines], isEnded: false } : { body: lines.slice(0, end), isEnded: true };
}

function withoutMark(line: string, each: string): string {
  const mark = each.trim();
  if (mark === '') return line.trimEnd();
  const text = line.trimStart();
  if (!text.startsWith(mark)) return text.trimEnd();
  const rest = text.slice(mark.length);
  return (rest.startsWith(' ') ? rest.slice(1) : rest).trimEnd();
}

/** Without blank lines at the ends and with at most one between, and without the margin that all but the first have. */
function neat(lines: readonly string[]): string[] {
  const [first = '', ...rest] = lines;
  const margin = commonMargin(rest);
  const flush = [first.trim(), ...rest.map((line) => (isBlank(line) ? '' : line.slice(margin.length)))];
  const single = flush.filter((line, index) => line !== '' || (index > 0 && flush[index - 1] !== ''));
  if (single.at(-1) === '') single.pop();
  return single;
}
