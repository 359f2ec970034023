import { isExtendedName } from './isExtendedName.js';

/** Rounds of the same lines that prove a loop, and the most lines that a round has. */
const ROUNDS = 3;
const MAX_ROUND_LENGTH = 4;
/** Lines that grow by the same name, one after the other; three stand in many a sorted list. */
const GROWING = 4;

/**
 * Whether lines end in a loop: one line three times, a few lines three times over, or a name that grows with each
 * line, as in `size`, `sizeMax`, `sizeMaxMax`, `sizeMaxMaxMax`.
 * @returns how many lines are left with one round kept; `undefined` when there is no loop
 */
export function loopEnd(lines: readonly string[]): number | undefined {
  for (let size = 1; size <= MAX_ROUND_LENGTH && size * ROUNDS <= lines.length; size++) {
    if (endsInRounds(lines, size)) return lines.length - size * (ROUNDS - 1);
  }
  return endsGrowing(lines) ? lines.length - (GROWING - 1) : undefined;
}

function endsInRounds(lines: readonly string[], size: number): boolean {
  const start = lines.length - size * ROUNDS;
  let isWritten = false;
  for (let i = start + size; i < lines.length; i++) {
    const line = lines[i]?.trim() ?? '';
    // Closers stand below each other wherever blocks end, each further to the left.
    if (/[\p{L}\p{N}]/u.test(line)) isWritten = true;
    if (line !== lines[i - size]?.trim()) return false;
  }
  return isWritten;
}

function endsGrowing(lines: readonly string[]): boolean {
  const last = lines.slice(-GROWING);
  return (
    last.length === GROWING && last.every((line, i) => i === 0 || isExtendedName(line, last[i - 1] ?? ''))
  );
}
