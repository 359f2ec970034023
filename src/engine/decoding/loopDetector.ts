/** Sees that a model repeats itself: in its tokens, in whole lines, or within a line. */

/** Equal tokens, and tokens filled by a short cycle, that are taken for a loop. */
const MIN_EQUAL_TOKENS = 10;
const MIN_CYCLE_TOKENS = 30;
/** Tokens of a cycle. */
const MAX_CYCLE_LENGTH = 10;

/** Follows a model's tokens. */
export class TokenLoop {
  private readonly last: number[] = [];
  /** By the length of a cycle: how many tokens in a row were the same as the one that many tokens before. */
  private readonly matches = Array.from({ length: MAX_CYCLE_LENGTH + 1 }, () => 0);

  /** @returns whether the tokens so far end in a loop: the last ten equal, or thirty filled by a short cycle */
  push(token: number): boolean {
    const { last, matches } = this;
    let isLoop = false;
    for (let length = 1; length <= MAX_CYCLE_LENGTH; length++) {
      const count = last.at(-length) === token ? (matches[length] ?? 0) + 1 : 0;
      matches[length] = count;
      if (count + length >= (length === 1 ? MIN_EQUAL_TOKENS : MIN_CYCLE_TOKENS)) isLoop = true;
    }
    last.push(token);
    if (last.length > MAX_CYCLE_LENGTH) last.shift();
    return isLoop;
  }
}

/**
 * Whether lines end in a loop: the same few lines, with a letter or digit in them, `rounds` times in a row. Lines that
 * only close blocks are no loop.
 * @returns how many lines a round has; `undefined` when there is no loop
 */
export function loopLength(
  lines: readonly string[],
  { rounds, maxLength }: { readonly rounds: number; readonly maxLength: number },
): number | undefined {
  for (let length = 1; length <= maxLength && length * rounds <= lines.length; length++) {
    const tail = lines.slice(-length * rounds);
    if (
      tail.every((line, i) => i < length || line === tail[i - length]) &&
      tail.some((line) => /[\p{L}\p{N}]/u.test(line))
    )
      return length;
  }
  return undefined;
}

const MIN_LINE_ROUNDS = 4;
const MAX_LINES_PER_ROUND = 8;

/**
 * Whether a rewritten text ends in a loop of lines, as greedy decoding may.
 * @param code the original text; what it repeats as often itself is no loop
 */
export function isRunaway(lines: readonly string[], code: readonly string[]): boolean {
  const last = lines.at(-1)?.trim();
  return (
    loopLength(lines, { rounds: MIN_LINE_ROUNDS, maxLength: MAX_LINES_PER_ROUND }) !== undefined &&
    code.filter((line) => line.trim() === last).length < MIN_LINE_ROUNDS
  );
}

/** Repetitions of a few characters at a line's end that are no coincidence, and the most characters of a cycle. */
const MIN_CYCLES = 8;
const MAX_CYCLE_CHARACTERS = 24;
const CYCLE = new RegExp(`(.{2,${MAX_CYCLE_CHARACTERS}}?)\\1{${MIN_CYCLES - 1},}$`);
/** A longer part of a line is no coincidence after fewer repetitions. */
const MIN_LONG_CYCLES = 4;
const MAX_LONG_CYCLE_CHARACTERS = 120;

/**
 * Whether a line ends in a cycle: `get(get(get(get(…`. Rules and separators are none, nor are numbers: rows of zeros
 * are data.
 */
export function endsInCycle(line: string): boolean {
  // A cycle that begins further left fills this as well.
  const cycle = CYCLE.exec(line.slice(-MAX_CYCLE_CHARACTERS * (MIN_CYCLES + 1)))?.[1] ?? longCycle(line);
  return /\p{L}/u.test(cycle) && new Set(cycle).size > 1;
}

/** The part of more than a few characters that a line ends with several times; empty when there is none. */
function longCycle(line: string): string {
  const longest = Math.min(MAX_LONG_CYCLE_CHARACTERS, Math.floor(line.length / MIN_LONG_CYCLES));
  for (let length = MAX_CYCLE_CHARACTERS + 1; length <= longest; length++) {
    const cycle = line.slice(-length);
    if (line.endsWith(cycle.repeat(MIN_LONG_CYCLES))) return cycle;
  }
  return '';
}
