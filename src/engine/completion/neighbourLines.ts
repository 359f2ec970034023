import type { CompletionContext } from './completionContext.js';

/** The next lines below the cursor's that are not blank, nearest first. */
export function linesBelow({ suffix, lineSuffix }: CompletionContext, most: number): string[] {
  return written(suffix.slice(lineSuffix.length).split('\n')).slice(0, most);
}

/** The last lines above the cursor's that are not blank, nearest first. */
export function linesAbove({ prefix, linePrefix }: CompletionContext, most: number): string[] {
  const above = prefix.slice(0, prefix.length - linePrefix.length).split('\n');
  return written(above.reverse()).slice(0, most);
}

function written(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== '');
}
