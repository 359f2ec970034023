/** A text in which problems are fixed one after another, before the document itself is changed. */
import type { Range } from 'vscode-languageserver-protocol';
import type { EditResult } from '../../protocol/edit.js';
import { linesSpan } from './textSpans.js';

interface LineChange {
  /** Lines from 0, the last one included. */
  readonly first: number;
  readonly last: number;
  readonly added: number;
}

/** What is replaced by what, in whole lines. */
export type LinesEdit = Pick<EditResult, 'range' | 'oldText' | 'newText'>;

export class FixAllText {
  private current: string;
  private readonly changes: LineChange[] = [];

  constructor(private readonly original: string) {
    this.current = original;
  }

  get text(): string {
    return this.current;
  }

  /** Makes a change; its range is one of the current text, in whole lines. */
  apply({ range, newText }: Pick<EditResult, 'range' | 'newText'>): void {
    const first = range.start.line;
    const last = range.end.line;
    const { start, end } = linesSpan(this.current, first, last + 1);
    const old = this.current.slice(start, end).split('\n');
    const lines = newText.split('\n');
    const { above, below } = sameLines(old, lines);
    this.current = this.current.slice(0, start) + newText + this.current.slice(end);
    // The model may have written lines again as they were: problems in these can still be fixed.
    this.changes.push({ first: first + above, last: last - below, added: lines.length - old.length });
  }

  /** Where a range of the original text is now; `undefined` when its lines were changed. */
  placeOf(range: Range): Range | undefined {
    let { start, end } = range;
    for (const { first, last, added } of this.changes) {
      if (end.line < first) continue;
      if (start.line <= last) return undefined;
      start = { ...start, line: start.line + added };
      end = { ...end, line: end.line + added };
    }
    return { start, end };
  }

  /** All changes as one edit of the original text; `undefined` when there are none. */
  merged(): LinesEdit | undefined {
    if (this.current === this.original) return undefined;
    const old = this.original.split('\n');
    const now = this.current.split('\n');
    const { above, below } = sameLines(old, now);
    const oldLines = old.slice(above, old.length - below);
    return {
      range: {
        start: { line: above, character: 0 },
        end: { line: old.length - below - 1, character: withoutReturn(oldLines.at(-1) ?? '').length },
      },
      oldText: withoutReturn(oldLines.join('\n')),
      newText: withoutReturn(now.slice(above, now.length - below).join('\n')),
    };
  }
}

/**
 * How many lines at the beginning and at the end are the same. At least one line of each is left, so that no line break
 * has to be added or removed at the edges.
 */
function sameLines(
  old: readonly string[],
  now: readonly string[],
): { readonly above: number; readonly below: number } {
  const most = Math.min(old.length, now.length) - 1;
  let above = 0;
  while (above < most && old[above] === now[above]) above++;
  let below = 0;
  while (above + below < most && old.at(-1 - below) === now.at(-1 - below)) below++;
  return { above, below };
}

/** A line's end is not part of a replaced range. */
function withoutReturn(text: string): string {
  return text.replace(/\r$/, '');
}
