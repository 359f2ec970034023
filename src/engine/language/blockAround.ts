import { blockWidth } from './blockWidth.js';
import { BracketScanner } from './brackets.js';
import type { CompletionContext } from '../completion/cursor/completionContext.js';
import { lineRole, opensBlock } from './lineRole.js';
import { eachLineAbove, eachLineBelow, linesAbove, linesBelow } from './textAround.js';

/** What the lines around the cursor tell of the block that it is in, by their indentation. */
export class BlockAround {
  constructor(private readonly context: CompletionContext) {}

  /** How far the statement is indented that the cursor's line belongs to: a wrapped one goes on further in. */
  statementWidth(): number {
    const { linePrefix, languageId } = this.context;
    let width = blockWidth(linePrefix);
    // Closes what a line above has opened: that line is where the statement begins.
    let isInside = !/^\s*[)\]}]/.test(linePrefix) && this.closesMore(linePrefix);
    for (const line of eachLineAbove(this.context)) {
      const above = blockWidth(line);
      if (above >= width || this.isOutOfPlace(line)) continue;
      if (!isInside && (opensBlock(line, languageId) || lineRole(line, languageId) === 'continuation')) break;
      isInside = false;
      width = above;
    }
    return width;
  }

  /** How far a closer belongs in that was written on the cursor's line: where the cursor is, or further out. */
  closingWidth(width: number): number {
    const [above] = linesAbove(this.context, 1);
    return above !== undefined && blockWidth(above) > width ? width : this.enclosingWidth(width);
  }

  /** The indentation of the line that the block begins with; -1 at the outermost level. */
  enclosingWidth(width: number): number {
    const [above] = linesAbove(this.context, 1);
    if (above !== undefined && blockWidth(above) <= width && opensBlock(above, this.context.languageId))
      return blockWidth(above);
    for (const line of eachLineAbove(this.context))
      if (blockWidth(line) < width && !this.isOutOfPlace(line)) return blockWidth(line);
    return -1;
  }

  /** Whether what stands below closes, as `line` would, a block that is indented by `width`. */
  isClosedBelow(width: number, line: string): boolean {
    if (this.context.lineSuffix.trim() !== '') return true;
    // To end it here would shut that out.
    if (this.isLeftBelow(width)) return true;
    const next = this.nextWithin(width);
    if (next === undefined || blockWidth(next) < width) return false;
    const role = lineRole(next, this.context.languageId);
    if (role !== 'closer' && role !== 'continuation') return false;
    return line.trim().startsWith('<') ? next.trim() === line.trim() : next.trim()[0] === line.trim()[0];
  }

  /** Whether the next line with this indentation goes on with the block in the same words as `line`. */
  isContinuedBelow(width: number, line: string): boolean {
    const next = this.nextWithin(width);
    if (next === undefined || blockWidth(next) !== width) return false;
    const isContinuation = lineRole(next, this.context.languageId) === 'continuation';
    return isContinuation && next.trim().split(/\W/)[0] === line.trim().split(/\W/)[0];
  }

  /** Whether something of a block that is indented by `width` stands right below the cursor. */
  isLeftBelow(width: number): boolean {
    const [first] = linesBelow(this.context, 1);
    return first !== undefined && blockWidth(first) > width;
  }

  /** Whether the lines right above and right below belong to a block that is indented further. */
  isAmongDeeperLines(width: number): boolean {
    const { prefix, linePrefix, suffix, lineSuffix } = this.context;
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
    for (const line of eachLineBelow(this.context)) if (blockWidth(line) <= width) return line;
    return undefined;
  }

  private isOutOfPlace(line: string): boolean {
    const role = lineRole(line, this.context.languageId);
    return role === 'comment' || role === 'preprocessor';
  }

  private closesMore(line: string): boolean {
    return new BracketScanner(this.context.languageId).push(line).excess.length > 0;
  }
}
