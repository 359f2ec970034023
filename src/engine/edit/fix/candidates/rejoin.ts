/** Lines that agree before the rest is taken from the old text. */
const AGREEING_LINES = 2;
/** Lines that a fix adds or removes at most, for its end to be found. */
const MAX_SHIFT = 6;

/**
 * Where an answer has come back to the old text after a change: what follows needn't be written.
 * @param draft the new lines so far
 * @param old the lines that they replace
 * @param from line of the old text that the change must lie before: the last one with a problem
 * @returns the line of the old text that comes next; `undefined` while it can't be told
 */
export function rejoinedAt(
  draft: readonly string[],
  old: readonly string[],
  from: number,
): number | undefined {
  const changed = draft.findIndex((line, i) => line !== old[i]);
  if (changed < 0 || draft.length < changed + AGREEING_LINES) return undefined;
  const tail = draft.slice(-AGREEING_LINES);
  if (!tail.some((line) => /\w/.test(line))) return undefined;
  const found: number[] = [];
  const first = Math.max(from + 1, changed, draft.length - MAX_SHIFT - AGREEING_LINES);
  for (let at = first; at <= Math.min(old.length, draft.length + MAX_SHIFT) - AGREEING_LINES; at++)
    if (tail.every((line, i) => line === old[at + i])) found.push(at + AGREEING_LINES);
  // The same lines twice: it can't be told which ones were written.
  return found.length === 1 ? found[0] : undefined;
}
