import { BlockScope } from '../../language/blockScope.js';
import { BracketScanner } from '../../language/brackets.js';
import { closersAhead, type CloserAllowance } from '../../language/closersAhead.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { opensBlock } from '../../language/lineRole.js';
import { linesAbove } from '../../language/textAround.js';
import { comparedBelow, repeatedBelow } from './repeatedBelow.js';
import { MAX_TURN_LENGTH, repeatedNear } from './repeatedNear.js';
import { loopEnd } from './repetition.js';

export type CompletionMode =
  /** The rest of the line. */
  | 'line'
  /** Lines until the block ends. */
  | 'block'
  /** What follows a finished line: begins with a line break, then as a block. */
  | 'next';

/** Why decoding ends, and how much of the text to keep. */
export interface Stop {
  readonly keep: number;
  readonly reason: 'line' | 'bracket' | 'blankLine' | 'scope' | 'suffix' | 'repetition' | 'maxLines';
}

/** So few characters alone would not be shown. */
const MERE = 3;
/** Blank lines that a text may begin with; two stand between Python's definitions. */
const LEADING_BLANK_LINES = 2;

/** Whether one line is wanted or a block: a block where a new line begins or has just been opened. */
export function modeFromLine(
  { linePrefix, lineSuffix, languageId }: CompletionContext,
  isInvoked: boolean,
): CompletionMode {
  if (lineSuffix.trim() !== '') return 'line';
  if (linePrefix.trim() === '') return 'block';
  if (isInvoked) return 'block';
  // Behind `key: ` a value is wanted, on this line.
  return opensBlock(linePrefix, languageId) && !/:\s+$/.test(linePrefix) ? 'block' : 'line';
}

/** Looks at a text as it grows and says when decoding may end. Each piece of the text is looked at once. */
export class StopRules {
  private readonly scope: BlockScope;
  private readonly brackets: BracketScanner;
  private readonly closers: CloserAllowance;
  /** Lines that are whole, the first one with what stands before the cursor. */
  private readonly lines: string[] = [];
  /** Where each of them begins in the text. */
  private readonly starts: number[] = [];
  /** Where the line begins that is still growing. */
  private lineStart = 0;
  private seen = 0;
  private excess = 0;
  private stopped: Stop | undefined;
  private readonly above: readonly string[];
  private readonly below: readonly string[];

  constructor(
    private readonly context: CompletionContext,
    private shape: CompletionMode,
    private readonly maxLines: number,
  ) {
    this.scope = new BlockScope(context);
    this.brackets = new BracketScanner(context.languageId).push(context.linePrefix);
    this.brackets.mark();
    this.closers = closersAhead(context);
    this.above = linesAbove(context, MAX_TURN_LENGTH).reverse();
    this.below = comparedBelow(context);
  }

  /**
   * @param text all that was decoded so far: what it was at the last call, and more
   * @returns how much of it to keep and why decoding ends, or `undefined` to go on
   */
  check(text: string): Stop | undefined {
    this.stopped ??= this.look(text);
    return this.stopped;
  }

  private look(text: string): Stop | undefined {
    const bracket = this.doubledBracket(text);
    for (;;) {
      const end = text.indexOf('\n', this.lineStart);
      if (bracket !== undefined && (end < 0 || bracket.keep < end)) return bracket;
      if (end < 0) break;
      const stop = this.wholeLine(text, end);
      if (stop !== undefined) return stop;
      this.lineStart = end + 1;
    }
    if (this.shape === 'line' || this.lines.length === 0) return undefined;
    return this.scope.rulesOut(text.slice(this.lineStart)) ? this.before('scope') : undefined;
  }

  /** A bracket that closes what is closed after the cursor already. */
  private doubledBracket(text: string): Stop | undefined {
    this.brackets.push(text.slice(this.seen));
    this.seen = text.length;
    for (; this.excess < this.brackets.excess.length; this.excess++) {
      const closer = this.brackets.excess[this.excess];
      if (closer !== undefined && !this.closers.take(closer.character))
        return { keep: closer.at, reason: 'bracket' };
    }
    return undefined;
  }

  private wholeLine(text: string, end: number): Stop | undefined {
    // A fence is no line of code: the rules take it off, and what is wanted comes below.
    if (this.lines.length === 0 && /^\s*(?:```|~~~)[\w-]*$/.test(text.slice(this.lineStart, end)))
      return undefined;
    const { lines, starts } = this;
    const isFirst = lines.length === 0;
    const own = text.slice(this.lineStart, end);
    const line = isFirst ? this.context.linePrefix + own : own;
    if (this.shape === 'line') {
      if (!this.isMereOpener(own, line)) return { keep: end, reason: 'line' };
      this.shape = 'block';
    }
    lines.push(line);
    starts.push(this.lineStart);
    if (own.trim() === '') {
      // The cursor's line, and blank lines before anything is written.
      const isLeading = text.slice(0, end).trim() === '';
      if (!isLeading || lines.length > LEADING_BLANK_LINES + 1) return this.before('blankLine');
      if (line.trim() !== '') this.scope.take(line);
      return undefined;
    }
    const verdict = this.scope.take(line);
    if (verdict === 'outside') return this.before('scope');
    if (verdict === 'last') return { keep: end, reason: 'scope' };
    const repeated = repeatedBelow(lines, this.below, this.context);
    if (repeated !== undefined) return this.before('suffix', starts[repeated]);
    const kept = loopEnd(lines) ?? repeatedNear(lines, this.above, this.context);
    if (kept !== undefined) return this.before('repetition', starts[kept]);
    return lines.length >= this.maxLines ? { keep: end, reason: 'maxLines' } : undefined;
  }

  /** Nothing but ` {` is left of the line: what is worth showing is the block. */
  private isMereOpener(own: string, line: string): boolean {
    const { lineSuffix, languageId } = this.context;
    if (own.trim() === '' || own.trim().length > MERE || lineSuffix.trim() !== '') return false;
    return opensBlock(line, languageId);
  }

  /** Cuts before a line: the one that is looked at, or one that begins further up. */
  private before(reason: Stop['reason'], start = this.lineStart): Stop {
    return { keep: Math.max(0, start - 1), reason };
  }
}
