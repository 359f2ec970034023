import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** Delimiters of a formula that has lines of its own. */
const BLOCK_ENDS: readonly (readonly [start: RegExp, end: (match: RegExpExecArray) => string])[] = [
  [/^\\\[/, () => '\\]'],
  [/^\$\$/, () => '$$'],
  [/^\\begin\{(?<name>[A-Za-z]+\*?)\}/, (match) => `\\end{${match.groups?.['name'] ?? ''}}`],
];
/** Lines. A longer one is no formula, but two signs that have nothing to do with each other. */
const MAX_LINES = 200;

/**
 * Keeps formulas as they were written. To Markdown, `\(` is an escaped bracket, `\\` one backslash, and what is between
 * two `_` emphasis.
 */
export function keepMath(markdown: MarkdownIt): void {
  const lastEnds = new WeakMap<StateInline, LastEnds>();
  markdown.inline.ruler.before('escape', 'math', (state, isSilent) => {
    const known = lastEnds.get(state) ?? new LastEnds(state.src);
    lastEnds.set(state, known);
    const end = inlineEnd(state.src, state.pos, known);
    if (end === undefined || end > state.posMax) return false;
    if (!isSilent) state.push('math', 'span', 0).content = state.src.slice(state.pos, end);
    state.pos = end;
    return true;
  });
  markdown.block.ruler.before(
    'fence',
    'math',
    (state, startLine, endLine, isSilent) => {
      if (state.sCount[startLine] === undefined || state.sCount[startLine] - state.blkIndent >= 4)
        return false;
      const lastLine = blockEnd((line) => lineOf(state, line), startLine, endLine);
      if (lastLine === undefined) return false;
      if (isSilent) return true;
      const token = state.push('math_block', 'p', 0);
      token.block = true;
      token.map = [startLine, lastLine + 1];
      token.content = state.getLines(startLine, lastLine + 1, state.blkIndent, false).trimEnd();
      state.line = lastLine + 1;
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
  const { escapeHtml } = markdown.utils;
  markdown.renderer.rules['math'] = (tokens, index) =>
    `<span class="math">${escapeHtml(tokens[index]?.content ?? '')}</span>`;
  markdown.renderer.rules['math_block'] = (tokens, index) =>
    `<p class="math">${escapeHtml(tokens[index]?.content ?? '')}</p>\n`;
}

/** Where a text has each delimiter for the last time: thousands of starts without an end don't search all of it each. */
class LastEnds {
  private readonly known = new Map<string, number>();

  constructor(private readonly text: string) {}

  of(mark: string): number {
    const last = this.known.get(mark) ?? this.text.lastIndexOf(mark);
    this.known.set(mark, last);
    return last;
  }
}

/** End of the formula that starts at `start`; `undefined` where none does. */
function inlineEnd(text: string, start: number, lastEnds: LastEnds): number | undefined {
  const closed = (mark: string): number | undefined => {
    if (lastEnds.of(mark) < start + 2) return undefined;
    const end = text.indexOf(mark, start + 2);
    return text.slice(start + 2, end).trim() === '' ? undefined : end + 2;
  };
  const rest = text.slice(start, start + 2);
  if (rest === '\\(') return closed('\\)');
  // `list\[0\]` is an escaped index, `\[ \]` an escaped box.
  if (rest === '\\[') return /\w/.test(text[start - 1] ?? '') ? undefined : closed('\\]');
  if (rest === '$$') return closed('$$');
  return text[start] === '$' ? dollarEnd(text, start) : undefined;
}

/** Pandoc's rule: no blank inside of the signs, no digit after them, so that prices are none. */
function dollarEnd(text: string, start: number): number | undefined {
  if (/\w/.test(text[start - 1] ?? '')) return undefined;
  const match = /^\$(?![\s$])(?:[^$\\\n]|\\.|\n(?!\n))*?(?<![\s\\])\$(?![\w$])/.exec(text.slice(start));
  return match === null ? undefined : start + match[0].length;
}

/** The last line of a formula that starts with `startLine`. */
function blockEnd(lineOf: (line: number) => string, startLine: number, endLine: number): number | undefined {
  const first = lineOf(startLine);
  for (const [start, endOf] of BLOCK_ENDS) {
    const match = start.exec(first);
    if (match === null) continue;
    const end = endOf(match);
    let rest = first.slice(match[0].length);
    for (let line = startLine; line < Math.min(endLine, startLine + MAX_LINES); line++) {
      if (line > startLine) rest = lineOf(line);
      const at = rest.indexOf(end);
      // What follows on the same line makes it a formula within a sentence.
      if (at >= 0) return /^[\s.,;:]*$/.test(rest.slice(at + end.length)) ? line : undefined;
      if (line > startLine && rest === '' && end === '$$') return undefined;
    }
    return undefined;
  }
  return undefined;
}

function lineOf(state: StateBlock, line: number): string {
  // A line that is indented less than its list item or quotation isn't part of it.
  if ((state.sCount[line] ?? 0) < state.blkIndent && (state.bMarks[line] ?? 0) < (state.eMarks[line] ?? 0))
    return '';
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}
