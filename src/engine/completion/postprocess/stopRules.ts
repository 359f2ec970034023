import { opensBlock } from '../../language/lineRole.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { cutAtBlankLine, cutAtScopeEnd } from './blockEnd.js';
import { cutDoubledBracket } from './doubledBrackets.js';
import { cutLoop } from './loops.js';
import { cutRepeatedLine } from './cutRepeatedLine.js';
import { dropRepeatedNextLine } from './dropRepeatedNextLine.js';
import type { Rule, Stop, StopCheck } from './rule.js';
import { isOpeningFence } from './markup.js';

export type CompletionMode =
  /** The rest of the line. */
  | 'line'
  /** Lines until the block ends. */
  | 'block'
  /** What follows a finished line: begins with a line break, then as a block. */
  | 'next';

/** The rules that end decoding. Where several do at the same line, the first one says how much is kept. */
const STOPPING_RULES: readonly Rule[] = [
  cutDoubledBracket,
  cutAtBlankLine,
  cutAtScopeEnd,
  dropRepeatedNextLine,
  cutLoop,
  cutRepeatedLine,
];

/** A line's rest with so few characters, such as ` {`, isn't worth showing alone. */
const MAX_OPENER_LENGTH = 3;

/** Whether a line is wanted or a block: a block where a line begins, or where a block has just been opened. */
export function modeFromLine(
  { linePrefix, lineSuffix, languageId }: CompletionContext,
  isInvoked: boolean,
): CompletionMode {
  if (lineSuffix.trim() !== '') return 'line';
  if (linePrefix.trim() === '') return 'block';
  if (isInvoked) return 'block';
  // After `key: ` a value is wanted, on this line.
  return opensBlock(linePrefix, languageId) && !/:\s+$/.test(linePrefix) ? 'block' : 'line';
}

/** Checks a text as it grows and says when decoding may end. Each part of the text is checked once. */
export class StopRules {
  private readonly checks: readonly StopCheck[];
  /** The whole lines, the first one with what is before the cursor, and where each begins in the text. */
  private readonly lines: string[] = [];
  private readonly starts: number[] = [];
  /** Where the growing line begins. */
  private lineStart = 0;
  private stopped: Stop | undefined;

  constructor(
    private readonly context: CompletionContext,
    private mode: CompletionMode,
    private readonly maxLines: number,
  ) {
    this.checks = STOPPING_RULES.flatMap(({ stopAt }) => stopAt?.(context) ?? []);
  }

  /**
   * @param text all that is decoded so far; it begins with the text of the last call
   * @returns how much of it to keep and why decoding ends, or `undefined` to continue; the same again once it has ended
   */
  check(text: string): Stop | undefined {
    this.stopped ??= this.firstStop(text);
    return this.stopped;
  }

  private firstStop(text: string): Stop | undefined {
    for (;;) {
      const end = text.indexOf('\n', this.lineStart);
      if (end < 0) return this.checkRules(text, false);
      const stop = this.checkLine(text.slice(0, end));
      if (stop !== undefined) return stop;
      this.lineStart = end + 1;
    }
  }

  /** @param text up to the end of a line */
  private checkLine(text: string): Stop | undefined {
    const own = text.slice(this.lineStart);
    const isFirst = this.lines.length === 0;
    if (isFirst && isOpeningFence(own)) return undefined;
    const line = isFirst ? this.context.linePrefix + own : own;
    if (this.mode === 'line') {
      const stop = this.checkRules(text, false);
      if (stop !== undefined) return stop;
      if (!this.isOnlyOpener(own, line)) return { keep: text.length, reason: 'line' };
      this.mode = 'block';
    }
    this.lines.push(line);
    this.starts.push(this.lineStart);
    const stop = this.checkRules(text, true);
    if (stop !== undefined || own.trim() === '') return stop;
    return this.lines.length >= this.maxLines ? { keep: text.length, reason: 'maxLines' } : undefined;
  }

  private checkRules(text: string, isLineEnd: boolean): Stop | undefined {
    const { lines, starts, lineStart } = this;
    for (const check of this.checks) {
      const stop = check({ text, lines, starts, lineStart, isLineEnd });
      if (stop !== undefined) return stop;
    }
    return undefined;
  }

  /** Whether only ` {` is missing from the line, so that the block is what is worth showing. */
  private isOnlyOpener(own: string, line: string): boolean {
    const { lineSuffix, languageId } = this.context;
    if (own.trim() === '' || own.trim().length > MAX_OPENER_LENGTH || lineSuffix.trim() !== '') return false;
    return opensBlock(line, languageId);
  }
}
