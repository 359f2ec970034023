/** Longest pattern of lines that is looked for, and how often it has to come in a row. */
const MAX_PATTERN_LENGTH = 8;
const TIMES = 4;

/**
 * Whether the last lines go round in a circle, as greedy decoding does when it has lost its way. Code that repeats
 * itself like that to begin with is left alone.
 */
export function isRunaway(lines: readonly string[], code: readonly string[]): boolean {
  return goesRound(lines) && !isInCode(lines.at(-1), code);
}

function goesRound(lines: readonly string[]): boolean {
  for (let size = 1; size <= MAX_PATTERN_LENGTH && size * TIMES <= lines.length; size++) {
    const tail = lines.slice(-size * TIMES);
    if (
      tail.some((line) => /\w/.test(line)) &&
      tail.every((line, index) => index < size || line === tail[index - size])
    )
      return true;
  }
  return false;
}

function isInCode(last: string | undefined, code: readonly string[]): boolean {
  return code.filter((line) => line.trim() === last?.trim()).length >= TIMES;
}
