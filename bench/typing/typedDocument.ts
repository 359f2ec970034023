import type { TypingHabits } from './typingHabits.js';

/** Replaces `[start, end)` of the document with `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** VS Code inserts a closing bracket only before these characters and at the end of a line. */
const AUTO_CLOSE_BEFORE = ';:.,=}])>` \n\t';
const QUOTES = '"\'`';
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** A document with a cursor in an editor that closes brackets and indents as VS Code does. */
export class TypedDocument {
  /** Offsets of characters that the editor inserted, ascending. Typing such a character moves the cursor over it. */
  private autoClosedOffsets: number[] = [];

  constructor(
    public text: string,
    public cursor: number,
    private readonly habits: TypingHabits,
    private readonly closesBrackets: boolean,
  ) {}

  /** Offsets of characters that the editor inserted and that are not typed over yet, nearest first. */
  get autoClosed(): readonly number[] {
    return this.autoClosedOffsets;
  }

  /** The text of the current line before the cursor. */
  get linePrefix(): string {
    return this.text.slice(this.text.lastIndexOf('\n', this.cursor - 1) + 1, this.cursor);
  }

  type(character: string): Edit {
    const { cursor } = this;
    if (this.text[cursor] === character && this.autoClosedOffsets[0] === cursor) {
      this.autoClosedOffsets.shift();
      return this.replace(cursor, cursor + 1, character);
    }
    const close = this.closesBrackets ? this.autoClosingFor(character) : undefined;
    if (close !== undefined) {
      const edit = this.replace(cursor, cursor, character + close, character.length);
      this.autoClosedOffsets.unshift(this.cursor);
      return edit;
    }
    const indent = this.indentOfClosing(character);
    if (indent !== undefined)
      return this.replace(cursor - this.linePrefix.length, cursor, indent + character);
    return this.replace(cursor, cursor, character);
  }

  /** The indentation of the line if this closing bracket is typed as its first character. */
  indentOfClosing(character: string): string | undefined {
    const opening = OPENING[character];
    if (opening === undefined || !this.habits.dedentsClosers || this.linePrefix.trim() !== '')
      return undefined;
    let depth = 0;
    for (let at = this.cursor - 1; at >= 0; at--) {
      if (this.text[at] === character) depth++;
      if (this.text[at] === opening && depth-- === 0) return this.indentAt(at);
    }
    return undefined;
  }

  enter(): Edit {
    const { cursor, linePrefix } = this;
    const [before, after] = [this.text[cursor - 1] ?? '', this.text[cursor] ?? ''];
    const indent = /^[ \t]*/.exec(linePrefix)?.[0] ?? '';
    const newIndent = this.habits.opensBlock.test(linePrefix) ? indent + this.habits.unit : indent;
    const isBetween = OPENING[after] !== undefined && OPENING[after] === before;
    const text = `\n${newIndent}`;
    if (isBetween) return this.replace(cursor, cursor, `${text}\n${indent}`, text.length);
    // The editor removes the indentation again that it inserted into a line that stays empty.
    return this.replace(linePrefix.trim() === '' ? cursor - linePrefix.length : cursor, cursor, text);
  }

  backspace(): Edit {
    const { cursor, linePrefix } = this;
    if (linePrefix !== '' && linePrefix.trim() === '') {
      const step = this.habits.unit === '\t' ? 1 : ((linePrefix.length - 1) % this.habits.unit.length) + 1;
      return this.replace(cursor - step, cursor, '');
    }
    const deletesPair =
      this.autoClosedOffsets[0] === cursor &&
      this.habits.pairs[this.text[cursor - 1] ?? ''] === this.text[cursor];
    return this.replace(cursor - 1, cursor + (deletesPair ? 1 : 0), '');
  }

  /** Deletes characters after the cursor. */
  delete(count: number): Edit {
    return this.replace(this.cursor, this.cursor + count, '');
  }

  moveTo(offset: number): void {
    this.cursor = offset;
    this.autoClosedOffsets = this.autoClosedOffsets.filter((at) => at >= offset);
  }

  /** Moves the cursor to `caret` characters after `start`; by default to the end of the new text. */
  replace(start: number, end: number, text: string, caret = text.length): Edit {
    const shift = text.length - (end - start);
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    this.autoClosedOffsets = this.autoClosedOffsets.flatMap((at) =>
      at < start ? [at] : at >= end ? [at + shift] : [],
    );
    this.moveTo(start + caret);
    return { start, end, text };
  }

  private autoClosingFor(character: string): string | undefined {
    const close = this.habits.pairs[character];
    const after = this.text[this.cursor];
    if (close === undefined || (after !== undefined && !AUTO_CLOSE_BEFORE.includes(after))) return undefined;
    if (!QUOTES.includes(character)) return close;
    const { linePrefix } = this;
    const isInString = (linePrefix.split(character).length - 1) % 2 === 1;
    return isInString || /[\p{L}\p{N}_]$/u.test(linePrefix) || linePrefix.endsWith(character)
      ? undefined
      : close;
  }

  private indentAt(offset: number): string {
    const lineStart = this.text.lastIndexOf('\n', offset) + 1;
    return /^[ \t]*/.exec(this.text.slice(lineStart, offset))?.[0] ?? '';
  }
}
