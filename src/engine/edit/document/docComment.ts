/** The text of a doc comment: read from the model's answer, cleaned, and written as a comment. */
import { isBlank } from '../../language/lines.js';
import { commonMargin } from '../codeShape.js';
import type { DocStyle } from './docStyle.js';

/** Including the indentation. */
const MAX_COLUMNS = 100;
/** Longer comments are cut off. */
const MAX_LINES = 24;

/** The beginning of the answer, which makes it a comment in this style. */
export function commentStart(style: DocStyle, symbolName: string | undefined): string {
  const lead = leadOf(style, symbolName).replaceAll('\n', `\n${style.each}`);
  // The text of a docstring begins right after the quotes.
  const open = style.open === '' || style.open === '"""' ? style.open : `${style.open}\n`;
  // The space after the mark is part of the model's first token.
  return `${open}${style.each}${lead}`.trimEnd();
}

export interface DocText {
  /** The lines of the comment without the comment marks. */
  readonly lines: readonly string[];
  /** The comment is closed, or as long as it may be. */
  readonly isEnded: boolean;
}

/**
 * Reads the text of a comment that a model has written.
 * @param comment its beginning from {@link commentStart}, and the model's answer
 * @param isWhole false while it is being written
 */
export function readComment(comment: string, style: DocStyle, isWhole: boolean): DocText {
  const all = comment.split(/\r\n|\n|\r/);
  const written = isWhole ? all : all.slice(0, -1);
  const { body, isEnded } =
    style.open === '' ? untilCode(written, style.each.trim()) : untilClose(written, style);
  const isLong = body.length > MAX_LINES;
  const lines = body.slice(0, MAX_LINES).map((line) => withoutMark(line, style.each));
  return { lines: normalized(lines), isEnded: isEnded || isLong };
}

/** The comment's lines as they are inserted into the document. */
export function renderComment(lines: readonly string[], style: DocStyle, indent: string): string[] {
  const { open, each, close } = style;
  const text = wrapText(lines, MAX_COLUMNS - indent.length - each.length);
  if (open === '"""') return docstring(text, indent);
  const body = text.map((line) => (indent + each + escaped(line, close)).trimEnd());
  const [only] = body;
  if (each === '' && open !== '' && body.length === 1 && only !== undefined)
    return [`${indent}${open} ${only.trim()} ${close}`];
  return open === '' ? body : [indent + open, ...body, indent + close];
}

function docstring(lines: readonly string[], indent: string): string[] {
  const text = lines.map((line) => escaped(line, '"""'));
  const open = text.some((line) => line.includes('\\')) ? 'r"""' : '"""';
  const [first = '', ...rest] = text;
  if (rest.length === 0 && !/["\\]$/.test(first)) return [`${indent}${open}${first}"""`];
  const body = rest.map((line) => (isBlank(line) ? '' : indent + line));
  return [`${indent}${open}${first}`, ...body, `${indent}"""`];
}

/** Separates characters that would end the comment or, in Kotlin, Swift and Rust, open one inside it. */
function escaped(line: string, close: string): string {
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

/** No blank lines at the ends, no two in a row, and no common margin of the lines after the first. */
function normalized(lines: readonly string[]): string[] {
  const [first = '', ...rest] = lines;
  const margin = commonMargin(rest);
  const flush = [first.trim(), ...rest.map((line) => (isBlank(line) ? '' : line.slice(margin.length)))];
  const single = flush.filter((line, index) => line !== '' || (index > 0 && flush[index - 1] !== ''));
  if (single.at(-1) === '') single.pop();
  return single;
}

/** Breaks long lines between words. Tables and fenced code stay as they are. */
export function wrapText(lines: readonly string[], width: number): string[] {
  let isCode = false;
  return lines.flatMap((line) => {
    if (/^\s*`{3,}/.test(line)) isCode = !isCode;
    if (isCode || line.length <= width || line.trimStart().startsWith('|')) return [line];
    return wrapLine(line, width);
  });
}

function wrapLine(line: string, width: number): string[] {
  const indent = /^\s*(?:[-*] )?/.exec(line)?.[0] ?? '';
  const hanging = ' '.repeat(indent.length);
  const result: string[] = [];
  let words: string[] = [];
  let length = 0;
  for (const word of line.slice(indent.length).split(' ')) {
    if (words.length > 0 && length + 1 + word.length > width) {
      result.push((result.length === 0 ? indent : hanging) + words.join(' '));
      words = [];
    }
    length = words.length === 0 ? indent.length + word.length : length + 1 + word.length;
    words.push(word);
  }
  return [...result, (result.length === 0 ? indent : hanging) + words.join(' ')];
}

const PARAMETER =
  /^\s*(?:[@\\]param(?:\[[\w, ]+\])?|:param|<param name=)\s*(?:\{[^}]*\}\s*)?["'$]?\[?(?:[\w<>[\]|\\]+\s+\$)?([\w$]+)/;
const RETURNS_NOTHING =
  /^\s*(?:@returns?|:returns?:)\s*(?:\{(?:void|undefined|None)\}|void|None|nothing)\.?\s*$/i;
/** Tags that repeat the declaration. */
const EMPTY_TAG = /^\s*@(?:class|function|func|method|name|memberof|constructor|interface|async)\b/;
const EXAMPLE = /^\s*(?:#+\s*|[@\\]|-\s+)?(?:example usage|examples?|usage|notes?|complexity)\b\s*:*\s*$/i;
const RETURNS = /^\s*(?:[@\\]returns?\b|:returns?:|<returns>)/;
const IS_VOID = /:\s*void\b|\bvoid\s+\w+\s*\(|->\s*(?:None|void|\(\))(?!\w)/;
const SECTION = /^\s*(?:#+\s|[@\\]\w|[A-Z]\w*:\s*$|-\s+[A-Z]\w*:)/;

/**
 * Leaves out what small models invent: parameters that the declaration doesn't have, a return value of a function that
 * returns nothing, and examples with guessed results.
 * @param head the declaration's text up to its body
 */
export function withoutInventions(lines: readonly string[], head: string): string[] {
  const names = new Set(head.match(/[\w$]+/g) ?? []);
  const isVoid = IS_VOID.test(head);
  let isExample = false;
  const kept = lines.filter((line) => {
    if (EXAMPLE.test(line)) isExample = true;
    else if (SECTION.test(line)) isExample = false;
    if (isExample || EMPTY_TAG.test(line) || RETURNS_NOTHING.test(line)) return false;
    if (isVoid && RETURNS.test(line)) return false;
    const parameter = PARAMETER.exec(line)?.[1];
    return parameter === undefined || names.has(parameter) || names.has(`$${parameter}`);
  });
  const last = kept.findLastIndex((line) => line.trim() !== '');
  return kept.slice(0, last + 1).filter((line, index) => line !== '' || kept[index - 1] !== '');
}
