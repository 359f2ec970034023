/**
 * Finds blocks by their indentation: in all languages the line that opens a block, and the one that closes it, are
 * further to the left than its body. It needs no grammar, and the code that is to be fixed often doesn't parse.
 */
import { indentWidth, isBlank, type Lines, type LineSpan } from './lines.js';

/** Lines that only close something, in braces, markup and words. */
const CLOSER = /^(?:[)\]}]|<\/|end\b|fi\b|done\b|esac\b|endif\b|endfor\w*\b)/i;
/** Lines that continue a block at the same depth. */
const CONTINUATION = /^(?:[)\]}]\s*)*(?:else|elif|elsif|elseif|catch|except|finally|rescue|ensure|then)\b/;
/** A brace on a line of its own belongs to the line above it. */
const LONE_OPENER = /^\{\s*(?:$|\/\/|\/\*)/;
/** Labels may be as far to the left as the line that opens their block. */
const LABEL = /^(?:(?:public|private|protected|signals|default)\s*|case\b.*):$/;
/** Preprocessor lines and comments, whose indentation tells nothing. */
const UNINDENTED = /^(?:#(?!\[)[^{]*$|\/\/|\/\*|\*)/;

/** The block around a span: its first line, what is indented below, its last line; `undefined` at the top level. */
export function enclosingBlock(lines: Lines, span: LineSpan): LineSpan | undefined {
  const depth = depthOf(lines, span);
  if (depth === 0) return undefined;
  let header = previousLine(
    lines,
    span.start,
    (line, width) => width < depth && !UNINDENTED.test(line.trim()),
  );
  if (header === undefined) return undefined;
  header = firstHeaderLine(lines, header);
  return { start: header, end: blockEnd(lines, header, span.end) };
}

/** The block that a line opens or continues, or just the line. */
export function statementAt(lines: Lines, span: LineSpan): LineSpan {
  const line = lines.at(span.start).trim();
  const start =
    CLOSER.test(line) || CONTINUATION.test(line) || LONE_OPENER.test(line)
      ? firstHeaderLine(lines, span.start)
      : span.start;
  return { start, end: blockEnd(lines, start, span.end) };
}

/** The lines around a span up to the next blank ones, at most `maxLines` in all, about as many on each side. */
export function paragraphAround(lines: Lines, span: LineSpan, maxLines: number): LineSpan {
  let { start, end } = span;
  for (let isGrowing = true; isGrowing && end - start < maxLines;) {
    isGrowing = false;
    if (start > 0 && !isBlank(lines.at(start - 1))) {
      start--;
      isGrowing = true;
    }
    if (end - start < maxLines && end < lines.count && !isBlank(lines.at(end))) {
      end++;
      isGrowing = true;
    }
  }
  return { start, end };
}

/** The smallest indentation in a span. */
function depthOf(lines: Lines, { start, end }: LineSpan): number {
  let depth = Infinity;
  for (let line = start; line < end; line++) {
    const text = lines.at(line);
    if (!isBlank(text) && !UNINDENTED.test(text.trim())) depth = Math.min(depth, indentWidth(text));
  }
  return depth === Infinity ? 0 : depth;
}

/** From `} else {`, `) {` or a lone `{` up to the line that the statement begins with. */
function firstHeaderLine(lines: Lines, line: number): number {
  let header = line;
  for (;;) {
    const text = lines.at(header).trim();
    if (!CLOSER.test(text) && !CONTINUATION.test(text) && !LONE_OPENER.test(text)) return header;
    const maxWidth = indentWidth(lines.at(header));
    const above = previousLine(lines, header, (line, width) => width <= maxWidth && !LABEL.test(line.trim()));
    if (above === undefined) return header;
    header = above;
  }
}

/** Where the block that `header` opens ends; not before `minEnd`. */
function blockEnd(lines: Lines, header: number, minEnd: number): number {
  const depth = indentWidth(lines.at(header));
  let end = Math.max(header + 1, minEnd);
  let isClosed = false;
  for (let line = header + 1; line < lines.count; line++) {
    const text = lines.at(line);
    if (isBlank(text)) continue;
    const trimmed = text.trim();
    const width = indentWidth(text);
    if (width <= depth) {
      if (UNINDENTED.test(trimmed)) continue;
      const continues = CONTINUATION.test(trimmed) || LONE_OPENER.test(trimmed);
      const closes = CLOSER.test(trimmed);
      if (width < depth || (!continues && !closes)) break;
      if (closes && !continues && isClosed) break;
      // `) {` and `});` both close, but the first opens another block.
      isClosed = closes && !/[{([:]\s*$/.test(trimmed);
    } else if (isClosed) break;
    end = Math.max(end, line + 1);
  }
  return end;
}

function previousLine(
  lines: Lines,
  before: number,
  fits: (line: string, width: number) => boolean,
): number | undefined {
  for (let line = before - 1; line >= 0; line--) {
    const text = lines.at(line);
    if (!isBlank(text) && fits(text, indentWidth(text))) return line;
  }
  return undefined;
}
