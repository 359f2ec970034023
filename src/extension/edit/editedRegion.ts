import { linesSpan, locateLines, shiftSpan, type TextChange, type TextSpan } from './textSpans.js';

/** The lines that an edit is about, found again while the document around them changes. */
export class EditedRegion {
  /** Changes of the document since the snapshot. */
  private readonly changes: TextChange[] = [];
  /** What the lines have been, the latest last: changes of the edit itself may be undone. */
  private texts: readonly string[] = [];
  /** Their current place, from the changes since the snapshot; `undefined` when one of them touched it. */
  private span: TextSpan | undefined;

  /** @param snapshot the document's text when the edit was requested */
  constructor(private readonly snapshot: string) {}

  /**
   * Called again when a candidate concerns other lines.
   * @param end the last line's number plus one, both in the snapshot
   */
  set(start: number, end: number): void {
    const span = linesSpan(this.snapshot, start, end);
    this.texts = [this.snapshot.slice(span.start, span.end)];
    this.span = shiftSpan(span, this.changes);
  }

  follow(changes: readonly TextChange[]): void {
    this.changes.push(...changes);
    this.span &&= shiftSpan(this.span, changes);
  }

  /** A part of the edit has been made. */
  replace({ start }: TextSpan, text: string): void {
    this.texts = [...this.texts, text];
    this.span = { start, end: start + text.length };
  }

  /** Where the lines are in the document's current text; `undefined` if they are unknown, gone or ambiguous. */
  placeIn(text: string): TextSpan | undefined {
    for (const each of this.texts.toReversed()) {
      const place = locateLines(text, each, this.span);
      if (place !== undefined) return place;
    }
    return undefined;
  }
}
