import { BracketScanner } from './brackets.js';
import { lineRole, opensBlock } from './lineRole.js';
import { indentWidth } from './lines.js';
import { eachLineAbove, eachLineBelow, linesAbove, linesBelow, type TextAround } from './textAround.js';

/** Columns of a line's indentation. The stars of a comment are one column further in than what they belong to. */
export function blockWidth(line: string): number {
  const width = indentWidth(line);
  return /^\s+\*(?:\s|\/|$)/.test(line) ? width - 1 : width;
}

/** The block that the cursor is in, as the indentation of the lines around it tells. Widths are columns. */
export class BlockAround {
  constructor(private readonly around: TextAround) {}

  /** The indentation of the statement that the cursor's line belongs to. The other lines of a wrapped one are deeper. */
  statementWidth(): number {
    const { linePrefix, languageId } = this.around;
    let width = blockWidth(linePrefix);
    // The line closes what a line above has opened: the statement begins there.
    let isInside = !/^\s*[)\]}]/.test(linePrefix) && this.closesMore(linePrefix);
    for (const line of eachLineAbove(this.around)) {
      const above = blockWidth(line);
      if (above >= width || this.isUnindented(line)) continue;
      if (!isInside && (opensBlock(line, languageId) || lineRole(line, languageId) === 'continuation')) break;
      isInside = false;
      width = above;
    }
    return width;
  }

  /** The indentation of a closer that is written on the cursor's line: the cursor's, or that of the block. */
  closingWidth(width: number): number {
    const [above] = linesAbove(this.around, 1);
    return above !== undefined && blockWidth(above) > width ? width : this.enclosingWidth(width);
  }

  /** The indentation of the line that the block begins with; -1 at the top level. */
  enclosingWidth(width: number): number {
    const [above] = linesAbove(this.around, 1);
    if (above !== undefined && blockWidth(above) <= width && opensBlock(above, this.around.languageId))
      return blockWidth(above);
    for (const line of eachLineAbove(this.around))
      if (blockWidth(line) < width && !this.isUnindented(line)) return blockWidth(line);
    return -1;
  }

  /** Whether a line below already closes, as `line` would, a block that is indented by `width`. */
  isClosedBelow(width: number, line: string): boolean {
    if (this.around.lineSuffix.trim() !== '') return true;
    // The block has more lines below: ended here, it would lose them.
    if (this.isLeftBelow(width)) return true;
    const next = this.nextWithin(width);
    if (next === undefined || blockWidth(next) < width) return false;
    const role = lineRole(next, this.around.languageId);
    if (role !== 'closer' && role !== 'continuation') return false;
    return line.trim().startsWith('<') ? next.trim() === line.trim() : next.trim()[0] === line.trim()[0];
  }

  /** Whether the next line with this indentation continues the block with the same word as `line`. */
  isContinuedBelow(width: number, line: string): boolean {
    const next = this.nextWithin(width);
    if (next === undefined || blockWidth(next) !== width) return false;
    const isContinuation = lineRole(next, this.around.languageId) === 'continuation';
    return isContinuation && next.trim().split(/\W/)[0] === line.trim().split(/\W/)[0];
  }

  /** Whether the next line below belongs to a block that is indented by `width`. */
  isLeftBelow(width: number): boolean {
    const [first] = linesBelow(this.around, 1);
    return first !== undefined && blockWidth(first) > width;
  }

  /** Whether the lines directly above and below belong to a block that is indented further. */
  isAmongDeeperLines(width: number): boolean {
    const { prefix, linePrefix, suffix, lineSuffix } = this.around;
    const above =
      prefix
        .slice(0, Math.max(0, prefix.length - linePrefix.length - 1))
        .split('\n')
        .at(-1) ?? '';
    const below = suffix.slice(lineSuffix.length + 1).split('\n')[0] ?? '';
    return [above, below].every((line) => line.trim() !== '' && blockWidth(line) > width);
  }

  /** The next line below that is indented by no more than `width`. */
  private nextWithin(width: number): string | undefined {
    for (const line of eachLineBelow(this.around)) if (blockWidth(line) <= width) return line;
    return undefined;
  }

  private isUnindented(line: string): boolean {
    const role = lineRole(line, this.around.languageId);
    return role === 'comment' || role === 'preprocessor';
  }

  private closesMore(line: string): boolean {
    return new BracketScanner(this.around.languageId).push(line).excess.length > 0;
  }
}
