import { BlockAround } from './blockAround.js';
import { blockWidth } from './blockWidth.js';
import type { CompletionContext } from '../completion/cursor/completionContext.js';
import { lineRole, namesBranch, opensBlock, type LineRole } from './lineRole.js';
import { languageOf } from './languageOf.js';

export type ScopeVerdict =
  | 'inside'
  /** Closes what is open around the cursor: it belongs to the answer, and ends it. */
  | 'last'
  /** Belongs to what comes after the block. */
  | 'outside';

/** Where blocks end by indentation alone: a statement that nothing in the block can follow. */
const LEAVES_BLOCK = /^\s*(?:return|raise|break|continue|pass)\b/;

/**
 * Follows a text line by line and says where it leaves the block that the cursor is in. Indentation tells: people of
 * all languages put the line that opens a block and the one that closes it further to the left.
 */
export class BlockScope {
  private readonly isSentences: boolean;
  private readonly around: BlockAround;
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
    this.isSentences = languageOf(context.languageId).isProse;
    this.around = new BlockAround(context);
  }

  /**
   * The next whole line of the text; the first one with the line's part before the cursor.
   * @returns where it stands; after `last` and `outside` nothing more is to be asked
   */
  take(line: string): ScopeVerdict {
    const role = lineRole(line, this.context.languageId);
    if (this.isSentences || role === 'blank') return 'inside';
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

  /** Whether a line that is still growing is outside already, however it goes on. */
  rulesOut(beginning: string): boolean {
    const { floor, isSentences, isBelowCursor } = this;
    if (isSentences || isBelowCursor || floor === undefined || !/^\s*[\w$"'`.]+[^\w$]/.test(beginning))
      return false;
    if (blockWidth(beginning) >= floor) return false;
    const role = lineRole(beginning, this.context.languageId);
    // A label shows itself for one at its colon only.
    return (role === 'statement' || role === 'definition') && !/^\s*(?:case|default)\b/.test(beginning);
  }

  private begin(line: string, width: number, role: LineRole): ScopeVerdict {
    const { linePrefix, languageId } = this.context;
    const isBlankLine = linePrefix.trim() === '';
    this.floor = isBlankLine ? width : this.around.statementWidth();
    this.isDefinition = role === 'definition' || role === 'attribute';
    this.isOnlyComments = role === 'comment';
    this.isOpenedByText = opensBlock(line, languageId);
    if (!isBlankLine) {
      this.isOpenedByCursor = this.isOpenedByText;
      this.isBelowCursor = line.trimEnd() === linePrefix.trimEnd() && !this.isOpenedByCursor;
      return 'inside';
    }
    if (role === 'closer')
      // It stands where the editor has indented to, and may belong further left.
      return this.around.isClosedBelow(Math.max(0, this.around.closingWidth(width)), line)
        ? 'outside'
        : 'last';
    // `} else {` written where the block's own lines go on below would put them into the new branch.
    if (role === 'continuation' && /^\s*[)\]}]/.test(line))
      return this.around.isLeftBelow(Math.max(0, this.around.closingWidth(width))) ? 'outside' : 'inside';
    return linePrefix === '' && this.isDefinition && this.around.isAmongDeeperLines(width)
      ? 'outside'
      : 'inside';
  }

  /** Whether the line below a finished one may begin something of its own there. */
  private mayBegin(width: number, role: LineRole): boolean {
    if (width === this.floor) return true;
    const { linePrefix, languageId } = this.context;
    const mayLeave = languageOf(languageId).indentation === 'blocks' && LEAVES_BLOCK.test(linePrefix);
    return mayLeave && role !== 'definition' && role !== 'attribute';
  }

  private atFloor(line: string, width: number, role: LineRole): ScopeVerdict {
    if (role === 'continuation' && this.isOpenedByCursor && !this.mayGoOn(width, line)) return 'outside';
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
    this.isOpenedByText = opensBlock(line, this.context.languageId);
    return 'inside';
  }

  /** Whether the one thing that the text began with has had its body. */
  private get isFinished(): boolean {
    return this.hasBody && (this.isOpenedByCursor || this.isDefinition);
  }

  private closerAtFloor(line: string, width: number): ScopeVerdict {
    if (this.isOpenedByCursor) return this.around.isClosedBelow(width, line) ? 'outside' : 'last';
    if (!this.isOpenedByText) return this.closing(line, width);
    this.isOpenedByText = false;
    return this.isDefinition && this.hasBody ? 'last' : 'inside';
  }

  private belowFloor(line: string, width: number, role: LineRole): ScopeVerdict {
    if (role === 'preprocessor' || /^\s*\*\//.test(line)) return 'inside';
    if (role === 'closer') return this.closing(line, width);
    const isGoingOn = role === 'continuation' && width === this.around.enclosingWidth(this.floor ?? 0);
    if (!isGoingOn || !this.mayGoOn(width, line)) return 'outside';
    this.floor = width;
    this.isOpenedByCursor = true;
    this.hasBody = false;
    return 'inside';
  }

  /**
   * Whether the block may go on with `line`: neither that one nor more of the block stands below. A branch leaves the
   * bracket below to close it; `}, () => {` begins something that has no end there.
   */
  private mayGoOn(width: number, line: string): boolean {
    return (
      !this.around.isContinuedBelow(width, line) &&
      !this.around.isLeftBelow(width) &&
      (namesBranch(line) || !this.around.isClosedBelow(width, line))
    );
  }

  /** A line that closes the block around the cursor: wanted, unless it stands below already. */
  private closing(line: string, width: number): ScopeVerdict {
    const enclosing = this.around.enclosingWidth(this.floor ?? width);
    if (width < enclosing) return 'outside';
    return this.around.isClosedBelow(Math.max(0, Math.min(width, enclosing)), line) ? 'outside' : 'last';
  }
}
