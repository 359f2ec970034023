/** Compares what a checker says about a text before and after an edit. */
import type { CheckerProblem } from './checker.js';

/** A whole text and what a checker says about it. */
export interface CheckedText {
  readonly text: string;
  readonly problems: readonly CheckerProblem[];
}

export interface ProblemChanges {
  /** Were there before, and aren't any more. */
  readonly gone: readonly CheckerProblem[];
  /** The edit's own. */
  readonly added: readonly CheckerProblem[];
  /**
   * Seen only after, but a syntax error hid this part of the text before, and the edit hasn't changed what they are
   * about. A syntax error among them may still come from the edit, such as a block that it left open: another parser,
   * which doesn't stop at the first error, can tell.
   */
  readonly uncovered: readonly CheckerProblem[];
}

/** Problems are the same when message and place agree; lines that the edit has moved are followed. */
export function problemsBetween(before: CheckedText, after: CheckedText): ProblemChanges {
  const edit = new EditedLines(before.text, after.text);
  const [gone, fresh] = unmatched(before.problems, after.problems, edit);
  if (!before.problems.some(({ isSyntax, hidesMeaning }) => isSyntax ?? hidesMeaning))
    return { gone, added: fresh, uncovered: [] };
  const isHidden = (problem: CheckerProblem): boolean => wasThere(problem, after.problems, edit);
  return { gone, added: fresh.filter((problem) => !isHidden(problem)), uncovered: fresh.filter(isHidden) };
}

type IsSame = (before: CheckerProblem, after: CheckerProblem) => boolean;

/** Pairs each problem with one of the other text, by the strictest measure first. */
function unmatched(
  before: readonly CheckerProblem[],
  after: readonly CheckerProblem[],
  edit: EditedLines,
): [CheckerProblem[], CheckerProblem[]] {
  const old = [...before];
  let fresh = [...after];
  const measures: readonly IsSame[] = [
    (one, other) => edit.lineAfter(one.line) === other.line && one.column === other.column,
    (one, other) => edit.lineAfter(one.line) === other.line,
    // Rewritten lines can't be followed, but a line that is the same has the same problem.
    (one, other) =>
      edit.isChangedBefore(one.line) && edit.textBefore(one.line) === edit.textAfter(other.line),
    (one, other) => edit.isChangedBefore(one.line) && edit.isChangedAfter(other.line),
  ];
  for (const isSame of measures) {
    fresh = fresh.filter((other) => {
      const index = old.findIndex((one) => keyOf(one) === keyOf(other) && isSame(one, other));
      if (index >= 0) old.splice(index, 1);
      return index < 0;
    });
  }
  return [old, fresh];
}

/** Messages name other lines, which the edit may have moved. */
function keyOf({ message, code = '' }: CheckerProblem): string {
  const text = message
    .replace(/\b(lines?|col|column|char|offset|position)(\s+|:\s*)\d+/gi, '$1 #')
    .replace(/\b\d+:\d+\b/g, '#:#')
    .replace(/\s+/g, ' ')
    .trim();
  return `${code} ${text}`;
}

/** In quotes, or after Go's `undefined: `. */
const NAMES = /['"`‘“]([\w$@./:-]+)['"`’”]|(?:undefined|not used): ([\w.]+)/g;

/**
 * Whether a problem that a syntax error may have hidden isn't due to the edit. On lines that the edit left alone: when it
 * is about names that the edit hasn't taken away, and that no other line has without a problem. Such a line may define
 * the name, and the edit may have moved it out of sight, as a bracket in the wrong place does. On changed lines: when
 * the names that it is about were there before. Of other syntax errors this can't be told.
 */
function wasThere(problem: CheckerProblem, all: readonly CheckerProblem[], edit: EditedLines): boolean {
  const { line, message, isSyntax, hidesMeaning } = problem;
  if (hidesMeaning) return false;
  const isOwnLine = edit.isChangedAfter(line);
  if (isSyntax) return !isOwnLine;
  const names = [...message.matchAll(NAMES)].map(([, quoted, named]) => quoted ?? named ?? '');
  if (names.length === 0) return false;
  if (isOwnLine) return names.every((name) => edit.hadName(name));
  const lines = new Set(all.map((each) => each.line));
  return !names.some((name) => edit.hasFewer(name) || edit.isElsewhere(name, lines));
}

/** Which lines an edit has changed, as one block from the first to the last of them. */
class EditedLines {
  private readonly old: readonly string[];
  private readonly fresh: readonly string[];
  private readonly first: number;
  /** Unchanged lines at the end. */
  private readonly tail: number;
  private readonly removed: string;
  private readonly written: string;

  constructor(before: string, after: string) {
    const old = before.split(/\r\n|\n|\r/);
    const fresh = after.split(/\r\n|\n|\r/);
    const shorter = Math.min(old.length, fresh.length);
    let first = 0;
    while (first < shorter && old[first] === fresh[first]) first++;
    let tail = 0;
    while (tail < shorter - first && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
    [this.old, this.fresh, this.first, this.tail] = [old, fresh, first, tail];
    this.removed = old.slice(first, old.length - tail).join('\n');
    this.written = fresh.slice(first, fresh.length - tail).join('\n');
  }

  /** Where a line of the old text is now; `undefined` for one that was rewritten. */
  lineAfter(line: number): number | undefined {
    return this.isChangedBefore(line) ? undefined : this.moved(line);
  }

  isChangedBefore(line: number): boolean {
    return line >= this.first && line < this.old.length - this.tail;
  }

  isChangedAfter(line: number): boolean {
    return line >= this.first && line < this.fresh.length - this.tail;
  }

  textBefore(line: number): string | undefined {
    return this.old[line]?.trim();
  }

  textAfter(line: number): string | undefined {
    return this.fresh[line]?.trim();
  }

  hadName(name: string): boolean {
    return count(this.removed, name) > 0;
  }

  hasFewer(name: string): boolean {
    return count(this.written, name) < count(this.removed, name);
  }

  /** Whether the new text has the name on another line than these, and not in a comment. */
  isElsewhere(name: string, lines: ReadonlySet<number>): boolean {
    return this.fresh.some(
      (text, line) =>
        !lines.has(line) && count(text, name) > 0 && !/^\s*(?:\/\/|\/?\*|#(?!include))/.test(text),
    );
  }

  private moved(line: number): number {
    return line < this.first ? line : line + this.fresh.length - this.old.length;
  }
}

function count(text: string, name: string): number {
  let found = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const isWhole = !/[\w$]/.test(text[at - 1] ?? '') && !/[\w$]/.test(text[at + name.length] ?? '');
    if (isWhole) found++;
  }
  return found;
}
