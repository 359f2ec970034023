/** Rounds of the same lines that prove a loop, and the most lines that a round has. */
const ROUNDS = 3;
const LONGEST_ROUND = 4;

/**
 * Whether lines end in a loop: one line three times, or a few lines three times over.
 * @returns how many lines are left with one round kept; `undefined` when there is no loop
 */
export function loopEnd(lines: readonly string[]): number | undefined {
  for (let size = 1; size <= LONGEST_ROUND && size * ROUNDS <= lines.length; size++) {
    if (endsInRounds(lines, size)) return lines.length - size * (ROUNDS - 1);
  }
  return undefined;
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
