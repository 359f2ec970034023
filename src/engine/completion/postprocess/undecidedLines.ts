import type { CompletionContext } from '../cursor/completionContext.js';
import { isExtendedName } from './isExtendedName.js';
import { mightBecome } from './mightBecome.js';

/** The most lines that a round of a loop has. */
const MAX_ROUND_LENGTH = 4;

/** How many whole lines at a growing text's end may yet be taken off: what comes next decides. */
export function undecidedLines(lines: readonly string[], below: readonly string[]): number {
  const counts = [runningInto(lines, below), growing(lines)];
  for (let round = 1; round <= MAX_ROUND_LENGTH; round++) counts.push(again(lines, round));
  return Math.max(...counts);
}

/** Whether all lines so far are nearly the next lines of the document, which goes on. */
export function isLikeBelow(
  lines: readonly string[],
  below: readonly string[],
  { linePrefix }: CompletionContext,
): boolean {
  const written = lines
    .map((line, i) => (i === 0 ? linePrefix + line : line))
    .filter((line) => line.trim() !== '');
  if (written.length === 0 || written.length >= below.length) return false;
  return written.every((line, i) => mightBecome(line.trim(), below[i] ?? ''));
}

/** The last lines are the next ones below. */
function runningInto(lines: readonly string[], below: readonly string[]): number {
  for (let count = Math.min(below.length, lines.length - 1); count > 0; count--)
    if (lines.slice(-count).every((line, i) => line.trimEnd() === below[i]?.trimEnd())) return count;
  return 0;
}

/** The last lines have come for the second time. */
function again(lines: readonly string[], round: number): number {
  let count = 0;
  for (let at = lines.length - 1; at >= round; at--, count++) {
    const line = lines[at]?.trim() ?? '';
    if (line === '' || line !== lines[at - round]?.trim()) break;
  }
  return count;
}

/** A name has begun to grow. */
function growing(lines: readonly string[]): number {
  let count = 0;
  while (isExtendedName(lines.at(-1 - count) ?? '', lines.at(-2 - count) ?? '')) count++;
  return count;
}
