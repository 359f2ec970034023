import { indentWidth } from '../edit/lines.js';
import type { CompletionContext } from './completionContext.js';
import { lineRole, opensBlock, type LineRole } from './lineRole.js';
import { eachLineAbove, eachLineBelow, linesAbove, linesBelow } from './neighbourLines.js';
import { isProse } from './prose.js';

export type ScopeVerdict =
  | 'inside'
  /** Closes what is open around the cursor: it belongs to the answer, and ends it. */
  | 'last'
  /** Belongs to what comes after the block. */
  | 'outside';

/**
 * Follows a text line by line and says where it leaves the block that the cursor is in. Indentation tells: people of
 * all languages put the line that opens a block and the one that closes it further to the left.
 */
export class BlockScope {
  private readonly isSentences: boolean;
  /** The indentation that no line of the answer's block falls below; `undefined` before the first line. */
  private floor: number | undefined;
  /** Whether what is indented further belongs to the cursor's own line, so that the next line at the floor doesn't. */
  private isOpenedByCursor = false;
  /** Whether a line of the text itself, at the floor, has opened a block that a closer may close. */
  private isOpenedByText = false;
  private isDefinition = false;
  /** Whether the cursor's own line is finished, so that the text begins with the line that comes now. */
  private isBelowCursor = false;
  /** Whether nothing but comments has come so far: they belong to what they stand above. */
  private isOnlyComments = false;
  private hasBody = false;

  constructor(private readonly context: CompletionContext) {
    this.isSentences = isProse(context.languageId);
  }

  /**
   * The next whole line of the text; the first one with the line's part before the cursor.
   * @returns where it stands; after `last` and `outside` nothing more is to be asked
   */
  take(line: string): ScopeVerdict {
    const role = lineRole(line, this.context.languageId);
    if (this.isSentences || role === 'blank') return 'inside';
    const width = indentWidth(line);
    const { floor } = this;
    if (floor === undefined) return this.begin(line, width, role);
    if (width > floor) {
      this.hasBody = true;
      return 'inside';
    }
    return width === floor ? this.atFloor(line, width, role) : this.belowFloor(line, width, role);
  }

  /** Whether a line that is still growing is outside already, however it goes on. */
  rulesOut(beginning: string): boolean {
    if (this.isSentences || this.floor === undefined || !/^\s*[\w$"'`.]+[^\w$]/.test(beginning)) return false;
    if (indentWidth(beginning) >= this.floor) return false;
    const role = lineRole(beginning, this.context.languageId);
    // A label shows itself for one at its colon only.
    return (role === 'statement' || role === 'definition') && !/^\s*(?:case|default)\b/.test(beginning);
  }

  private begin(line: string, width: number, role: LineRole): ScopeVerdict {
    const isBlankLine = this.context.linePrefix.trim() === '';
    this.floor = width;
    this.isDefinition = role === 'definition' || role === 'attribute';
    this.isOnlyComments = role === 'comment';
    this.isOpenedByText = opensBlock(line, this.context.languageId);
    this.isOpenedByCursor = this.isOpenedByText && !isBlankLine;
    if (!isBlankLine) {
      this.isBelowCursor = line.trimEnd() === this.context.linePrefix.trimEnd() && !this.isOpenedByCursor;
      return 'inside';
    }
    if (role === 'closer') return this.closing(line, width);
    return this.isDefinition && this.isAmongDeeperLines(width) ? 'outside' : 'inside';
  }

  private atFloor(line: string, width: number, role: LineRole): ScopeVerdict {
    const isFirst = this.isBelowCursor;
    this.isBelowCursor = false;
    const opens = opensBlock(line, this.context.languageId);
    if (role === 'continuation' || line.trim() === '{') {
      this.isOpenedByText = true;
      return 'inside';
    }
    if (role === 'closer') return this.closerAtFloor(line, width);
    if (isFirst) {
      this.isDefinition = false;
      this.isOnlyComments = true;
    }
    if (role === 'comment' || role === 'preprocessor') return this.isFinished ? 'outside' : 'inside';
    const isNew = role === 'definition' || role === 'attribute';
    if (this.isFinished || (isNew && !this.isDefinition && width === 0 && !this.isOnlyComments))
      return 'outside';
    this.isOnlyComments = false;
    this.isDefinition ||= isNew;
    this.isOpenedByText = opens;
    return 'inside';
  }

  /** Whether the one thing that the text began with has had its body. */
  private get isFinished(): boolean {
    return this.hasBody && (this.isOpenedByCursor || this.isDefinition);
  }

  private closerAtFloor(line: string, width: number): ScopeVerdict {
    if (this.isOpenedByCursor) return this.isClosedBelow(width, line) ? 'outside' : 'last';
    if (!this.isOpenedByText) return this.closing(line, width);
    this.isOpenedByText = false;
    return this.isDefinition && this.hasBody ? 'last' : 'inside';
  }

  private belowFloor(line: string, width: number, role: LineRole): ScopeVerdict {
    if (role === 'preprocessor') return 'inside';
    if (role === 'closer') return this.closing(line, width);
    if (role !== 'continuation' || width !== this.enclosingWidth(this.floor ?? 0)) return 'outside';
    const next = this.nextWithin(width);
    const isThere =
      next !== undefined &&
      indentWidth(next) === width &&
      lineRole(next, this.context.languageId) === 'continuation' &&
      next.trim().split(/\W/)[0] === line.trim().split(/\W/)[0];
    if (isThere) return 'outside';
    this.floor = width;
    this.isOpenedByCursor = true;
    this.hasBody = false;
    return 'inside';
  }

  /** A line that closes the block around the cursor: wanted, unless it stands below already. */
  private closing(line: string, width: number): ScopeVerdict {
    const enclosing = this.enclosingWidth(this.floor ?? width);
    if (width < enclosing) return 'outside';
    // On the cursor's own line it stands where the editor has indented to, and belongs further left.
    return this.isClosedBelow(Math.max(0, Math.min(width, enclosing)), line) ? 'outside' : 'last';
  }

  /** Whether what stands below closes a block whose first and last lines are indented by `width`. */
  private isClosedBelow(width: number, line: string): boolean {
    if (this.context.lineSuffix.trim() !== '') return true;
    const next = this.nextWithin(width);
    const [first] = linesBelow(this.context, 1);
    // Something of the block is left below, but no end: to end it here would shut that out.
    if (first !== undefined && indentWidth(first) > width) return true;
    if (next === undefined || indentWidth(next) < width) return false;
    const role = lineRole(next, this.context.languageId);
    return (role === 'closer' || role === 'continuation') && next.trim()[0] === line.trim()[0];
  }

  /** The indentation of the line that the block around the cursor begins with; -1 at the outermost level. */
  private enclosingWidth(width: number): number {
    const [above] = linesAbove(this.context, 1);
    if (above !== undefined && indentWidth(above) <= width && opensBlock(above, this.context.languageId))
      return indentWidth(above);
    for (const line of eachLineAbove(this.context)) {
      if (indentWidth(line) >= width) continue;
      const role = lineRole(line, this.context.languageId);
      if (role !== 'comment' && role !== 'preprocessor') return indentWidth(line);
    }
    return -1;
  }

  /** The next line below that is indented by no more than `width`. */
  private nextWithin(width: number): string | undefined {
    for (const line of eachLineBelow(this.context)) if (indentWidth(line) <= width) return line;
    return undefined;
  }

  /** The cursor was moved to the margin, but the lines around it belong to a block. */
  private isAmongDeeperLines(width: number): boolean {
    const [[above], [below]] = [linesAbove(this.context, 1), linesBelow(this.context, 1)];
    return (
      above !== undefined && below !== undefined && indentWidth(above) > width && indentWidth(below) > width
    );
  }
}
