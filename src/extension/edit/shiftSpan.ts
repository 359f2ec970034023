import type { TextSpan } from './findRegion.js';

/** A part of a document's change as VS Code tells it: to be applied in the order given. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** Where the span is after the changes; `undefined` when one of them went into it. */
export function shiftSpan(span: TextSpan, changes: readonly TextChange[]): TextSpan | undefined {
  let { start, end } = span;
  for (const { rangeOffset, rangeLength, text } of changes) {
    if (rangeOffset >= end) continue;
    if (rangeOffset + rangeLength > start) return undefined;
    start += text.length - rangeLength;
    end += text.length - rangeLength;
  }
  return { start, end };
}
