/** Blocks whose end or beginning is missing, or there twice: their indentation tells. */
import { indentOf, indentWidth, isBlank } from '../../../language/lines.js';
import type { SyntaxProblem } from '../../../syntax/syntaxErrors.js';
import { candidateOf, type Candidate, type FixPlace } from './candidate.js';

/** Lines around the problems that are searched for a block's head. */
const MAX_LINES = 6;
/** Lines above the first problem that may be a head without its brace. */
const MAX_LINES_TO_HEAD = 40;
/** Lines below an open bracket that may have to close it. */
const MAX_LINES_OF_BLOCK = 2000;
const END = /^\s*(?:[\])}]+[;,]?|fi|done|esac|end)\s*$/;

/** The text without the second of two equal ends of a block. */
export function* withoutDoubledLines({ text, lines }: FixPlace): Generator<Candidate, void> {
  for (const [line, own] of lines.entries()) {
    if (line === 0 || !END.test(own) || own !== lines[line - 1]) continue;
    const parts = text.split(/(?<=\r\n|\n|\r(?!\n))/);
    const after = [...parts.slice(0, line), ...parts.slice(line + 1)].join('');
    const candidate = candidateOf(text, after, { origin: 'syntax', needsProof: true });
    if (candidate !== undefined) yield candidate;
  }
}

/** A bracket at a line's end that nothing closes: closed where the indentation of its lines ends. */
export function* blockEnds(
  { lines, languageId, target }: FixPlace,
  problems: readonly SyntaxProblem[],
  make: (line: number, newLine: string) => Candidate | undefined,
): Generator<Candidate, void> {
  const openers = [...new Set([target.start, ...problems.map(({ line }) => line)])].slice(0, MAX_LINES);
  for (const [start, opener] of lines.entries()) {
    const closer = closerOf(opener, languageId);
    if (closer === undefined) continue;
    if (!openers.some((line) => line >= start && line <= start + MAX_LINES_OF_BLOCK)) continue;
    const width = indentWidth(indentOf(opener));
    let last = start;
    for (let line = start + 1; line < Math.min(lines.length, start + MAX_LINES_OF_BLOCK); line++) {
      if (isBlank(lines[line] ?? '')) continue;
      if (indentWidth(lines[line] ?? '') <= width) break;
      last = line;
    }
    if (last === start) {
      // Nothing is in it, nor closes it.
      const below = lines.slice(start + 1).find((each) => !isBlank(each)) ?? '';
      const empty = make(start, `${opener.trimEnd()}${closer}`);
      if (closer !== ']' && !/^\s*[\])}]/.test(below) && empty !== undefined) yield empty;
      continue;
    }
    // What follows at this indentation closes it already.
    const below = lines[last + 1] ?? '';
    if (/^\s*(?:[\])}]|elif\b|else\b|fi\b|done\b|esac\b)/.test(below) && indentWidth(below) === width)
      continue;
    for (const end of /[)\]]/.test(closer) ? [closer, `${closer},`] : [closer]) {
      const candidate = make(last, `${lines[last] ?? ''}\n${indentOf(opener)}${end}`);
      if (candidate !== undefined) yield candidate;
    }
  }
}

function closerOf(opener: string, languageId: string): string | undefined {
  const bracket = /[([{]\s*$/.exec(opener)?.[0].trim();
  if (bracket !== undefined && (languageId !== 'shellscript' || bracket === '{'))
    return bracket === '{' ? '}' : bracket === '(' ? ')' : ']';
  if (languageId !== 'shellscript') return undefined;
  const word = /\b(then|do|in|else)\s*$/.exec(opener)?.[1];
  return word === 'then' || word === 'else'
    ? 'fi'
    : word === 'do'
      ? 'done'
      : word === 'in'
        ? 'esac'
        : undefined;
}

/** A line whose block is indented, and which opens none. */
export function* blockStarts(
  { lines, languageId, target }: FixPlace,
  problems: readonly SyntaxProblem[],
  make: (line: number, newLine: string) => Candidate | undefined,
): Generator<Candidate, void> {
  if (languageId === 'python') return;
  const first = Math.min(target.start, ...problems.map(({ line }) => line));
  for (
    let line = Math.max(0, first - MAX_LINES_TO_HEAD);
    line < Math.min(lines.length - 1, target.end);
    line++
  ) {
    const text = (lines[line] ?? '').trimEnd();
    const below = lines.slice(line + 1).find((each) => !isBlank(each)) ?? '';
    if (isBlank(text) || /[{};,([+\\]$|^\s*[*#/]/.test(text)) continue;
    if (text.endsWith(':') !== (languageId === 'json')) continue;
    if (languageId === 'shellscript' && !text.endsWith('()')) continue;
    if (indentWidth(below) <= headIndent(lines, line)) continue;
    const candidate = make(line, `${text} {`);
    if (candidate !== undefined) yield candidate;
  }
}

/** Of a head's first line: `class A` and, deeper, `extends B`. */
function headIndent(lines: readonly string[], line: number): number {
  const own = indentWidth(lines[line] ?? '');
  const above = lines[line - 1] ?? '';
  return isBlank(above) || /[{};:,*/]\s*$/.test(above) ? own : Math.min(own, indentWidth(above));
}
