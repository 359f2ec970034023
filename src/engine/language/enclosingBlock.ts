/**
 * Finds blocks by what people of all languages do alike: they indent what belongs together, and put the line that
 * opens it, and the one that closes it, further to the left. No grammar is needed, and code that doesn't parse,
 * which is what a fix is asked for, still has its indentation.
 */
import { indentWidth, isBlank, type Lines, type LineSpan } from './lines.js';

/** Lines that only close something, in braces, markup and words. */
const CLOSER = /^(?:[)\]}]|<\/|end\b|fi\b|done\b|esac\b|endif\b|endfor\w*\b)/i;
/** Lines that go on with a block at the same depth. */
const CONTINUATION = /^(?:[)\]}]\s*)*(?:else|elif|elsif|elseif|catch|except|finally|rescue|ensure|then)\b/;
/** A brace on a line of its own belongs to the line above it. */
const LONE_OPENER = /^\{\s*(?:$|\/\/|\/\*)/;
/** Labels stand as far to the left as what they are inside of. */
const LABEL = /^(?:public|private|protected|signals|default|case\b.*)\s*:$/;
/** Preprocessor lines and comments stand where they like. */
const OUT_OF_PLACE = /^(?:#(?!\[)[^{]*$|\/\/|\/\*|\*)/;

/** The block around a span: its first line, what is indented below, its last line; `undefined` at the top level. */
export function enclosingBlock(lines: Lines, span: LineSpan): LineSpan | undefined {
  const depth = depthOf(lines, span);
  if (depth === 0) return undefined;
  let header = previousLine(
    lines,
    span.start,
    (line, width) => width < depth && !OUT_OF_PLACE.test(line.trim()),
  );
  if (header === undefined) return undefined;
  header = firstHeaderLine(lines, header);
  return { start: header, end: blockEnd(lines, header, span.end) };
}

/** The block that a line opens or goes on with, or just the line. */
export function statementAt(lines: Lines, span: LineSpan): LineSpan {
  const line = lines.at(span.start).trim();
  const start =
    CLOSER.test(line) || CONTINUATION.test(line) || LONE_OPENER.test(line)
      ? firstHeaderLine(lines, span.start)
      : span.start;
  return { start, end: blockEnd(lines, start, span.end) };
}

/** Neighbouring lines without a blank one among them, at most `most`, about evenly around the span. */
export function paragraphAround(lines: Lines, span: LineSpan, most: number): LineSpan {
  let { start, end } = span;
  for (let isGrowing = true; isGrowing && end - start < most;) {
    isGrowing = false;
    if (start > 0 && !isBlank(lines.at(start - 1))) {
      start--;
      isGrowing = true;
    }
    if (end - start < most && end < lines.count && !isBlank(lines.at(end))) {
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
    if (!isBlank(text) && !OUT_OF_PLACE.test(text.trim())) depth = Math.min(depth, indentWidth(text));
  }
  return depth === Infinity ? 0 : depth;
}

/** From `} else {`, `) {` or a lone `{` up to the line that the whole thing begins with. */
function firstHeaderLine(lines: Lines, line: number): number {
  let header = line;
  for (;;) {
    const text = lines.at(header).trim();
    if (!CLOSER.test(text) && !CONTINUATION.test(text) && !LONE_OPENER.test(text)) return header;
    const most = indentWidth(lines.at(header));
    const above = previousLine(lines, header, (line, width) => width <= most && !LABEL.test(line.trim()));
    if (above === undefined) return header;
    header = above;
  }
}

/** Where the block that `header` opens ends; at least at `least`. */
function blockEnd(lines: Lines, header: number, least: number): number {
  const depth = indentWidth(lines.at(header));
  let end = Math.max(header + 1, least);
  let isClosed = false;
  for (let line = header + 1; line < lines.count; line++) {
    const text = lines.at(line);
    if (isBlank(text)) continue;
    const trimmed = text.trim();
    const width = indentWidth(text);
    if (width <= depth) {
      if (OUT_OF_PLACE.test(trimmed)) continue;
      const goesOn = CONTINUATION.test(trimmed) || LONE_OPENER.test(trimmed);
      const closes = CLOSER.test(trimmed);
      if (width < depth || (!goesOn && !closes)) break;
      if (closes && !goesOn && isClosed) break;
      // `) {` and `});` close, but only the first opens again.
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
