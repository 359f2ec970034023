import type { CompletionContext } from './completionContext.js';

export type CompletionShape =
  /** The rest of the line. */
  | 'line'
  /** Lines until the block ends. */
  | 'block'
  /** What follows a finished line. */
  | 'next';

/** Whether one line is wanted or a block: a block where a new line begins or has just been opened. */
export function shapeFor({ linePrefix, lineSuffix }: CompletionContext, isInvoked: boolean): CompletionShape {
  if (lineSuffix.trim() !== '') return 'line';
  if (linePrefix.trim() === '') return 'block';
  if (isInvoked) return 'block';
  return /(?:[{([]|=>|->|:|\bdo|\bthen|\belse)\s*$/.test(linePrefix) ? 'block' : 'line';
}

/** Looks at the text as it grows and says when decoding may end. */
export class StopRules {
  private readonly baseIndent: number;
  private readonly nextLine: string;

  constructor(
    private readonly context: CompletionContext,
    private readonly shape: CompletionShape,
    private readonly maxLines: number,
  ) {
    this.baseIndent = indentOf(context.linePrefix);
    this.nextLine =
      context.suffix
        .slice(context.lineSuffix.length)
        .split('\n')
        .find((line) => line.trim() !== '')
        ?.trim() ?? '';
  }

  /**
   * @param text all that was decoded so far
   * @returns how much of it to keep and why decoding ends, or `undefined` to go on
   */
  check(text: string): { readonly keep: number; readonly reason: string } | undefined {
    const firstBreak = text.indexOf('\n', leadingBreaks(text));
    if (this.shape === 'line') {
      const lineEnd = text.indexOf('\n');
      return lineEnd < 0 ? undefined : { keep: lineEnd, reason: 'line' };
    }
    if (firstBreak < 0) return undefined;
    return this.checkLines(text);
  }

  /** Only whole lines are looked at: the last one is still growing. */
  private checkLines(text: string): { readonly keep: number; readonly reason: string } | undefined {
    let start = 0;
    let previous = '';
    for (let index = 0; ; index++) {
      const end = text.indexOf('\n', start);
      if (end < 0) return undefined;
      const line = index === 0 ? this.context.linePrefix + text.slice(0, end) : text.slice(start, end);
      const keepBefore = Math.max(0, start - 1);
      if (index > 0) {
        if (line.trim() === '' && previous.trim() !== '') return { keep: keepBefore, reason: 'blankLine' };
        if (this.endsScope(line)) return { keep: keepBefore, reason: 'scope' };
        if (this.closesScope(line)) return { keep: end, reason: 'scope' };
        if (this.nextLine.length >= 3 && line.trim() === this.nextLine)
          return { keep: keepBefore, reason: 'suffix' };
      }
      if (index + 1 >= this.maxLines) return { keep: end, reason: 'maxLines' };
      previous = line;
      start = end + 1;
    }
  }

  /** A line further out than the one the cursor is on belongs to what comes after the block. */
  private endsScope(line: string): boolean {
    return line.trim() !== '' && indentOf(line) < this.baseIndent;
  }

  /** The bracket or `end` that closes what this line opened: keep it and stop. */
  private closesScope(line: string): boolean {
    return (
      this.context.linePrefix.trim() !== '' &&
      indentOf(line) === this.baseIndent &&
      /^\s*(?:[)\]}]+[;,]?|end)\s*$/.test(line)
    );
  }
}

function leadingBreaks(text: string): number {
  return /^\n*/.exec(text)?.[0].length ?? 0;
}

function indentOf(line: string): number {
  const blanks = /^[ \t]*/.exec(line)?.[0] ?? '';
  return [...blanks].reduce((width, character) => width + (character === '\t' ? 4 : 1), 0);
}
