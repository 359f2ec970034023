import { endsInCycle, loopLength } from '../../decoding/loopDetector.js';
import { stopBefore, type PartialText, type Rule } from './rule.js';

/** Repetitions of the same lines that are taken for a loop. */
const ROUNDS = 3;
const MAX_LINES_PER_ROUND = 4;
/** Consecutive lines with ever longer names that are taken for a loop. Many sorted lists have three. */
const EXTENDED_NAMES = 4;
const NAME_AND_REST = /^\s*([\p{L}\p{N}_$.-]+)(.*)$/su;

/** Drops a text whose last line ends in a cycle, and keeps the lines before it. */
export const cutTokenLoop: Rule = {
  name: 'cutTokenLoop',
  drop: (text) => {
    const lines = text.split('\n');
    return endsInCycle(lines.at(-1) ?? '') ? lines.slice(0, -1).join('\n') : text;
  },
};

/** Keeps one of a line that is written three times in a row, or of a few lines, and drops what follows. */
export const cutLoop: Rule = {
  name: 'cutLoop',
  drop: (text) => {
    const lines = text.split('\n');
    for (let count = ROUNDS; count <= lines.length; count++) {
      const start = Math.max(0, count - ROUNDS * MAX_LINES_PER_ROUND);
      const kept = linesBeforeLoop(lines.slice(start, count));
      if (kept !== undefined) return lines.slice(0, start + kept).join('\n');
    }
    return text;
  },
  stopAt:
    () =>
    ({ lines, starts, isLineEnd }) => {
      const kept = isLineEnd ? linesBeforeLoop(lines) : undefined;
      return kept === undefined ? undefined : stopBefore(starts[kept] ?? 0, 'repetition');
    },
  mightBeDropped: ({ lines, line, isFirst }: PartialText) => {
    if (line === '') return 1 + undecidedLines(lines);
    return !isFirst && isNameExtended(line, lines.at(-1) ?? '') ? 1 : 0;
  },
};

/** Whether a line is the one before it with a longer name: `sizeMax: number;` after `size: number;`. */
function isExtendedName(line: string, before: string): boolean {
  const [found, shorter] = [NAME_AND_REST.exec(line), NAME_AND_REST.exec(before)];
  if (found === null || shorter === null) return false;
  const [[, name = '', rest], [, nameBefore = '', restBefore]] = [found, shorter];
  return name.length > nameBefore.length && name.startsWith(nameBefore) && rest === restBefore;
}

/**
 * Whether lines end in a loop: one line three times, a few lines three times, or a name that gets longer with each
 * line, as in `size`, `sizeMax`, `sizeMaxMax`, `sizeMaxMaxMax`.
 * @returns how many lines are left with one round kept; `undefined` when there is no loop
 */
function linesBeforeLoop(lines: readonly string[]): number | undefined {
  const trimmed = lines.slice(-ROUNDS * MAX_LINES_PER_ROUND).map((line) => line.trim());
  const length = loopLength(trimmed, { rounds: ROUNDS, maxLength: MAX_LINES_PER_ROUND });
  if (length !== undefined) return lines.length - length * (ROUNDS - 1);
  return extendedNames(lines) >= EXTENDED_NAMES - 1 ? lines.length - (EXTENDED_NAMES - 1) : undefined;
}

/** How many lines at the end have the name of the line before them, extended. */
function extendedNames(lines: readonly string[]): number {
  let count = 0;
  while (isExtendedName(lines.at(-1 - count) ?? '', lines.at(-2 - count) ?? '')) count++;
  return count;
}

/** How many whole lines at the end the next line may prove to be a loop. */
function undecidedLines(lines: readonly string[]): number {
  const counts = [extendedNames(lines)];
  for (let length = 1; length <= MAX_LINES_PER_ROUND; length++) counts.push(repeatedLines(lines, length));
  return Math.max(...counts);
}

/** How many lines at the end are the same as those `length` lines before. */
function repeatedLines(lines: readonly string[], length: number): number {
  let count = 0;
  for (let at = lines.length - 1; at >= length; at--, count++) {
    const line = lines[at]?.trim() ?? '';
    if (line === '' || line !== lines[at - length]?.trim()) break;
  }
  return count;
}

/** Whether the name that a line begins with extends the one of the line before. */
function isNameExtended(line: string, before: string): boolean {
  const [name, nameBefore] = [line, before].map((each) => /^\s*[\p{L}\p{N}_$.-]*/u.exec(each)?.[0] ?? '');
  return name !== '' && isExtendedName(name ?? '', nameBefore ?? '');
}
