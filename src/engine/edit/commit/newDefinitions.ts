import { basename } from 'node:path/posix';
import { declaredName } from './changeFacts.js';
import type { ChangedFile } from './diffReader.js';

/** A new file, or a function or type that a change adds, with what its author says about it. */
export interface NewDefinition {
  readonly name: string;
  /** The text of the comment above it, or of the docstring below its head, on one line. */
  readonly documentation?: string;
  /** How many lines it has. */
  readonly lines: number;
}

const COMMENT = /^\s*(?:\/\*\*?|\*\/|\*|\/\/[/!]?|#(?!!))\s?/;
const DOCSTRING = /^\s*[rRuU]?("""|''')(.*)$/;
/** What may stand between a comment and what it is about. */
const ATTRIBUTE = /^\s*(?:@|#\[)/;

export function newDefinitions({ path, change, hunks, added }: ChangedFile): readonly NewDefinition[] {
  if (change === 'added') {
    const lines = hunks.flatMap((hunk) => hunk.lines).map((line) => line.slice(1));
    const documentation = headOf(lines);
    const own = definitionsIn(lines);
    // The only thing in a file says more than the file's name.
    const [only] = own;
    if (documentation === undefined && own.length === 1 && only !== undefined)
      return [{ ...only, lines: added }];
    const file = { name: basename(path), lines: added };
    return [documentation === undefined ? file : { ...file, documentation }];
  }
  return hunks.flatMap(({ lines }) =>
    runsOf(lines).flatMap((run) => definitionsIn(run.map((line) => line.slice(1)))),
  );
}

/** Added lines that follow each other. */
function runsOf(lines: readonly string[]): string[][] {
  const runs: string[][] = [[]];
  for (const line of lines)
    if (line.startsWith('+')) runs.at(-1)?.push(line);
    else if (runs.at(-1)?.length !== 0) runs.push([]);
  return runs;
}

function definitionsIn(lines: readonly string[]): NewDefinition[] {
  const heads = lines.flatMap((line, index) => {
    const name = declaredName(line);
    return name === undefined ? [] : [{ name, index, indent: indentOf(line) }];
  });
  const margin = Math.min(...heads.map(({ indent }) => indent));
  const outer = heads.filter(({ indent }) => indent === margin);
  return outer.map(({ name, index }, at) => {
    const lineCount = (outer[at + 1]?.index ?? lines.length) - index;
    const documentation = commentAbove(lines, index) ?? docstringBelow(lines, index);
    return { name, lines: lineCount, ...(documentation === undefined ? {} : { documentation }) };
  });
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** A comment at the top of a file that isn't the first definition's, nor a licence. */
function headOf(lines: readonly string[]): string | undefined {
  const docstring = docstringBelow(lines, -1);
  if (docstring !== undefined) return docstring;
  const end = lines.findIndex((line) => !COMMENT.test(line) || line.startsWith('#!'));
  const next = lines[end] ?? '';
  if (end <= 0 || declaredName(next) !== undefined || ATTRIBUTE.test(next)) return undefined;
  const text = textOf(lines.slice(0, end));
  return /copyright|licen[cs]e|eslint|spdx/i.test(text) ? undefined : text;
}

function commentAbove(lines: readonly string[], index: number): string | undefined {
  let end = index;
  while (ATTRIBUTE.test(lines[end - 1] ?? '')) end--;
  let start = end;
  while (COMMENT.test(lines[start - 1] ?? '')) start--;
  return start === end ? undefined : textOf(lines.slice(start, end)) || undefined;
}

/** @param index of the head, whose parameters may take several lines */
function docstringBelow(lines: readonly string[], index: number): string | undefined {
  const start = lines.findIndex(
    (line, at) => at > index && line.trim() !== '' && (at > index + 8 || DOCSTRING.test(line)),
  );
  const [, quotes = '', first = ''] = DOCSTRING.exec(lines[start] ?? '') ?? [];
  const isHead = lines
    .slice(index + 1, start)
    .every((line) => line.trim() === '' || /^[\s)]*[\w)].*[,:([]\s*$/.test(line));
  if (quotes === '' || !isHead || (index < 0 && lines.slice(0, start).some((line) => line.trim() !== '')))
    return undefined;
  const rest = [first, ...lines.slice(start + 1, start + 6)].join(' ');
  return rest.split(quotes)[0]?.trim().replaceAll(/\s+/g, ' ') || undefined;
}

function textOf(comment: readonly string[]): string {
  return comment
    .map((line) =>
      line
        .replace(COMMENT, '')
        .replace(/\*\/\s*$/, '')
        .trim(),
    )
    .filter((line) => !line.startsWith('@') && line !== '')
    .join(' ');
}
