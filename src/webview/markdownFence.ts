import type { MarkdownIt } from 'markdown-it';

const OPENING = /^(?<mark>`{3,}|~{3,})[ \t]*(?<info>(?:markdown|md|mdx)\b[^`]*)$/i;

/**
 * A fence around a Markdown text ends at its own closing fence, not at that of a block within it. To Markdown, the first
 * bare fence would end it; but models write a read-me in three backticks, with its code blocks in three backticks.
 */
export function nestMarkdownFences(markdown: MarkdownIt): void {
  markdown.block.ruler.before(
    'fence',
    'markdown_fence',
    (state, startLine, endLine, isSilent) => {
      const lineAt = (line: number): string =>
        state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
      if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
      const { mark, info } = OPENING.exec(lineAt(startLine))?.groups ?? {};
      if (mark === undefined || info === undefined) return false;
      if (isSilent) return true;
      const lines: string[] = [];
      for (let line = startLine + 1; line < endLine; line++) {
        // As with any fence, its list item or quotation ends it too.
        if ((state.sCount[line] ?? 0) < state.blkIndent && lineAt(line) !== '') break;
        lines.push(lineAt(line));
      }
      const length = lengthOf(lines, mark);
      const isClosed = length < lines.length;
      const token = state.push('fence', 'code', 0);
      token.info = info;
      token.markup = mark;
      token.content = state.getLines(
        startLine + 1,
        startLine + 1 + length,
        state.sCount[startLine] ?? 0,
        true,
      );
      state.line = startLine + 1 + length + (isClosed ? 1 : 0);
      token.map = [startLine, state.line];
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
}

/** Lines up to the closing fence; all of them where there is none, as while an answer arrives. */
function lengthOf(lines: readonly string[], mark: string): number {
  const fence = new RegExp(`^(?<ticks>${mark[0] ?? '`'}{${mark.length},})[ \\t]*(?<info>[^\`]*)$`);
  let inner: string | undefined;
  for (const [index, line] of lines.entries()) {
    const { ticks, info } = fence.exec(line)?.groups ?? {};
    if (ticks === undefined || info === undefined) continue;
    if (inner !== undefined) {
      if (info.trim() === '' && ticks.length >= inner.length) inner = undefined;
    } else if (info.trim() === '') {
      return index;
    } else {
      inner = ticks;
    }
  }
  return lines.length;
}
