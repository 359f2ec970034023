import type { CompletionContext } from '../completion/cursor/completionContext.js';

/** The next lines below the cursor's that are not blank, nearest first. */
export function linesBelow(context: CompletionContext, most: number): string[] {
  return first(eachLineBelow(context), most);
}

/** The last lines above the cursor's that are not blank, nearest first. */
export function linesAbove(context: CompletionContext, most: number): string[] {
  return first(eachLineAbove(context), most);
}

/** As {@link linesBelow}, one by one: what is looked for is mostly near. */
export function* eachLineBelow({ suffix, lineSuffix }: CompletionContext): Generator<string, void> {
  for (let start = suffix.indexOf('\n', lineSuffix.length); start >= 0;) {
    const end = suffix.indexOf('\n', start + 1);
    const line = suffix.slice(start + 1, end < 0 ? undefined : end);
    if (line.trim() !== '') yield line;
    start = end;
  }
}

/** As {@link linesAbove}, one by one. */
export function* eachLineAbove({ prefix, linePrefix }: CompletionContext): Generator<string, void> {
  for (let end = prefix.length - linePrefix.length - 1; end >= 0;) {
    const start = end === 0 ? -1 : prefix.lastIndexOf('\n', end - 1);
    const line = prefix.slice(start + 1, end);
    if (line.trim() !== '') yield line;
    end = start;
  }
}

function first(lines: Iterable<string>, most: number): string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (found.length === most) break;
    found.push(line);
  }
  return found;
}
