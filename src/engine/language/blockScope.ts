import { BlockAround, blockWidth } from './blockAround.js';
import { languageOf } from './languageOf.js';
import { lineRole, namesBranch, opensBlock, type LineRole } from './lineRole.js';
import type { TextAround } from './textAround.js';

type ScopeVerdict =
  | 'inside'
  /** Closes the block around the cursor: it belongs to the answer, and ends it. */
  | 'last'
  /** Belongs to what comes after the block. */
  | 'outside';

/** A statement that nothing in its block can follow. It counts where blocks end by indentation alone. */
const LEAVES_BLOCK = /^\s*(?:return|raise|break|continue|pass)\b/;

/**
 * Follows a text line by line and says where it leaves the block that the cursor is in. It goes by the indentation: in
 * all languages the line that opens a block, and the one that closes it, are further to the left.
 */
export class BlockScope {
  private readonly isProse: boolean;
  private readonly block: BlockAround;
  /** The smallest indentation of a line in the answer's block; `undefined` before the first line. */
  private floor: number | undefined;
  /** Whether the deeper lines belong to the cursor's own line, so that the next line at the floor doesn't. */
  private isOpenedByCursor = false;
  /** Whether a line of the text, at the floor, has opened a block that a closer may close. */
  private isOpenedByText = false;
  private isDefinition = false;
  /** Whether the cursor's line was finished before the text, which then begins on the line that comes next. */
  private isBelowCursor = false;
  /** Whether there were only comments so far. They belong to what follows them. */
  private isOnlyComments = false;
  private hasBody = false;

  constructor(private readonly around: TextAround) {
    this.isProse = languageOf(around.languageId).isProse;
    this.block = new BlockAround(around);
  }

  /**
   * @param line the next whole line of the text, the first one with what is before the cursor on its line
   * @returns where the line is; after `last` and `outside` the text has ended
   */
  take(line: string): ScopeVerdict {
    const role = lineRole(line, this.around.languageId);
    if (this.isProse || role === 'blank') return 'inside';
    const width = blockWidth(line);
    if (this.floor === undefined) return this.begin(line, width, role);
    const isFirst = this.isBelowCursor;
    this.isBelowCursor = false;
    if (width > this.floor) {
      this.hasBody = true;
      return 'inside';
    }
    if (isFirst && role !== 'closer' && role !== 'continuation' && this.mayBegin(width, role)) {
      this.floor = width;
      this.isDefinition = false;
      this.isOnlyComments = true;
    }
    return width === this.floor ? this.atFloor(line, width, role) : this.belowFloor(line, width, role);
  }

  /** Whether a line of which this is the beginning is outside, whatever follows. */
  rulesOut(beginning: string): boolean {
    const { floor, isProse, isBelowCursor } = this;
    if (isProse || isBelowCursor || floor === undefined || !/^\s*[\w$"'`.]+[^\w$]/.test(beginning))
      return false;
    if (blockWidth(beginning) >= floor) return false;
    const role = lineRole(beginning, this.around.languageId);
    // Only its colon makes a label one.
    return (role === 'statement' || role === 'definition') && !/^\s*(?:case|default)\b/.test(beginning);
  }

  private begin(line: string, width: number, role: LineRole): ScopeVerdict {
    const { linePrefix, languageId } = this.around;
    const isBlankLine = linePrefix.trim() === '';
    this.floor = isBlankLine ? width : this.block.statementWidth();
    this.isDefinition = role === 'definition' || role === 'attribute';
    this.isOnlyComments = role === 'comment';
    this.isOpenedByText = opensBlock(line, languageId);
    if (!isBlankLine) {
      this.isOpenedByCursor = this.isOpenedByText;
      this.isBelowCursor = line.trimEnd() === linePrefix.trimEnd() && !this.isOpenedByCursor;
      return 'inside';
    }
    if (role === 'closer')
      // The editor has indented it, and it may belong further left.
      return this.block.isClosedBelow(Math.max(0, this.block.closingWidth(width)), line) ? 'outside' : 'last';
    // `} else {` above more lines of the block would put them into the new branch.
    if (role === 'continuation' && /^\s*[)\]}]/.test(line))
      return this.block.isLeftBelow(Math.max(0, this.block.closingWidth(width))) ? 'outside' : 'inside';
    return linePrefix === '' && this.isDefinition && this.block.isAmongDeeperLines(width)
      ? 'outside'
      : 'inside';
  }

  /** Whether the line after a finished one may begin at this indentation. */
  private mayBegin(width: number, role: LineRole): boolean {
    if (width === this.floor) return true;
    const { linePrefix, languageId } = this.around;
    const mayLeave = languageOf(languageId).indentation === 'blocks' && LEAVES_BLOCK.test(linePrefix);
    return mayLeave && role !== 'definition' && role !== 'attribute';
  }

  private atFloor(line: string, width: number, role: LineRole): ScopeVerdict {
    if (role === 'continuation' && this.isOpenedByCursor && !this.mayContinue(width, line)) return 'outside';
    if (role === 'continuation' || line.trim() === '{') {
      this.isOpenedByText = true;
      return 'inside';
    }
    if (role === 'closer') return this.closerAtFloor(line, width);
    if (role === 'comment' || role === 'preprocessor') return this.isFinished ? 'outside' : 'inside';
    const isNew = role === 'definition' || role === 'attribute';
    if (this.isFinished || (isNew && !this.isDefinition && width === 0 && !this.isOnlyComments))
      return 'outside';
    this.isOnlyComments = false;
    this.isDefinition ||= isNew;
    this.isOpenedByText = opensBlock(line, this.around.languageId);
    return 'inside';
  }

  /** Whether what the text began with has had its body. */
  private get isFinished(): boolean {
    return this.hasBody && (this.isOpenedByCursor || this.isDefinition);
  }

  private closerAtFloor(line: string, width: number): ScopeVerdict {
    if (this.isOpenedByCursor) return this.block.isClosedBelow(width, line) ? 'outside' : 'last';
    if (!this.isOpenedByText) return this.closing(line, width);
    this.isOpenedByText = false;
    return this.isDefinition && this.hasBody ? 'last' : 'inside';
  }

  private belowFloor(line: string, width: number, role: LineRole): ScopeVerdict {
    if (role === 'preprocessor' || /^\s*\*\//.test(line)) return 'inside';
    if (role === 'closer') return this.closing(line, width);
    const isContinuation = role === 'continuation' && width === this.block.enclosingWidth(this.floor ?? 0);
    if (!isContinuation || !this.mayContinue(width, line)) return 'outside';
    this.floor = width;
    this.isOpenedByCursor = true;
    this.hasBody = false;
    return 'inside';
  }

  /**
   * Whether `line` may continue the block: neither the same line nor more of the block is below. A branch is closed by
   * the bracket below; what `}, () => {` begins is not.
   */
  private mayContinue(width: number, line: string): boolean {
    return (
      !this.block.isContinuedBelow(width, line) &&
      !this.block.isLeftBelow(width) &&
      (namesBranch(line) || !this.block.isClosedBelow(width, line))
    );
  }

  /** A line that closes the block around the cursor: wanted, unless the block is closed below. */
  private closing(line: string, width: number): ScopeVerdict {
    const enclosing = this.block.enclosingWidth(this.floor ?? width);
    if (width < enclosing) return 'outside';
    return this.block.isClosedBelow(Math.max(0, Math.min(width, enclosing)), line) ? 'outside' : 'last';
  }
}
