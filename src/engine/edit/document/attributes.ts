/** Attributes, decorators and annotations before a declaration, without a grammar: by their marks and brackets. */
import type { Lines } from '../../language/lines.js';

/** An attribute over more lines is something else. */
const MAX_LINES = 60;
const BEGINNING = /^(?:@[\w.:]+|#!?(?=\[)|(?=\[\[|\[(?:[A-Z]|\w+:\s)))/;
const CLOSER: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * What a text has after the attributes that it begins with: `public void F()` after `[Obsolete("x")]`.
 * @returns `undefined` when the last one isn't closed
 */
export function afterAttributes(text: string): string | undefined {
  let rest = text.trim();
  for (let found = BEGINNING.exec(rest); found !== null; found = BEGINNING.exec(rest)) {
    const begin = found[0].length;
    const end = rest[begin] === '(' || rest[begin] === '[' ? closingAt(rest, begin) : begin;
    if (end === undefined) return undefined;
    rest = rest.slice(end).trim();
    if (end === 0) break;
  }
  return /^template\s*<.*>$/.test(rest) ? '' : rest;
}

/** Whether an attribute begins on a line, whatever follows it there. */
function beginsAttribute(line: string): boolean {
  return /^\s*template\s*</.test(line) || BEGINNING.test(line.trim());
}

/** The first line of the attribute that ends on the line above; `undefined` when there is none. */
export function attributeAbove(lines: Lines, line: number): number | undefined {
  let text = '';
  for (let at = line - 1; at >= Math.max(0, line - MAX_LINES); at--) {
    text = `${lines.at(at)}\n${text}`;
    if (at === line - 1 && text.trim() === '') return undefined;
    if (beginsAttribute(lines.at(at)) && afterAttributes(text) === '') return at;
  }
  return undefined;
}

/** The line after the attributes that begin on a line; the line itself when none does, or when code follows on it. */
export function lineAfterAttributes(lines: Lines, line: number): number {
  if (!beginsAttribute(lines.at(line))) return line;
  let text = '';
  for (let at = line; at < Math.min(lines.count, line + MAX_LINES); at++) {
    text += `${lines.at(at)}\n`;
    const rest = afterAttributes(text);
    if (rest !== undefined) return rest === '' ? at + 1 : at;
  }
  return line;
}

/** The offset after the bracket that closes the one at `start`. Brackets in strings don't count. */
function closingAt(text: string, start: number): number | undefined {
  const open: string[] = [];
  let quote = '';
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (`"'\``.includes(character)) quote = character;
    else if (character in CLOSER) open.push(CLOSER[character] ?? '');
    else if (character === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at + 1;
    }
  }
  return undefined;
}
