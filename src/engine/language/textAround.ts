/** The text around the cursor, and the lines of it that the rules compare with. */

/** One step of indentation. */
export interface IndentUnit {
  readonly useTabs: boolean;
  /** Columns of a step, and of a tab. */
  readonly size: number;
}

export interface TextAround {
  /** VS Code's id of the language. */
  readonly languageId: string;
  /** Text before the cursor, from the start of a line on. Lines end in `\n`. */
  readonly prefix: string;
  /** Text after the cursor. Lines end in `\n`. */
  readonly suffix: string;
  /** The text of the cursor's line, before and after the cursor. */
  readonly linePrefix: string;
  readonly lineSuffix: string;
  /** The editor's setting. It is guessed from the text where it is absent. */
  readonly indent?: IndentUnit;
}

/** The next lines below the cursor's that are not blank, nearest first. */
export function linesBelow(around: TextAround, count: number): string[] {
  return first(eachLineBelow(around), count);
}

/** The last lines above the cursor's that are not blank, nearest first. */
export function linesAbove(around: TextAround, count: number): string[] {
  return first(eachLineAbove(around), count);
}

/** Like {@link linesBelow}, without a limit. Reads no further than the caller does. */
export function* eachLineBelow({ suffix, lineSuffix }: TextAround): Generator<string, void> {
  for (let start = suffix.indexOf('\n', lineSuffix.length); start >= 0;) {
    const end = suffix.indexOf('\n', start + 1);
    const line = suffix.slice(start + 1, end < 0 ? undefined : end);
    if (line.trim() !== '') yield line;
    start = end;
  }
}

/** Like {@link linesAbove}, without a limit. Reads no further than the caller does. */
export function* eachLineAbove({ prefix, linePrefix }: TextAround): Generator<string, void> {
  for (let end = prefix.length - linePrefix.length - 1; end >= 0;) {
    const start = end === 0 ? -1 : prefix.lastIndexOf('\n', end - 1);
    const line = prefix.slice(start + 1, end);
    if (line.trim() !== '') yield line;
    end = start;
  }
}

function first(lines: Iterable<string>, count: number): string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (found.length === count) break;
    found.push(line);
  }
  return found;
}
