/** A run of lines that stays, goes or comes. */
export interface LineRun {
  readonly kind: 'same' | 'removed' | 'added';
  readonly lines: readonly string[];
}

/** More cells would take seconds: then the whole middle counts as changed. */
const MOST_CELLS = 4_000_000;

/**
 * What turns one text into another, line by line, with as many lines as possible left alone. Removed lines come
 * before those that are added in their place.
 */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly LineRun[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const removed = before.slice(start, before.length - end);
  const added = after.slice(start, after.length - end);
  return joined([
    { kind: 'same', lines: before.slice(0, start) },
    ...middle(removed, added),
    { kind: 'same', lines: before.slice(before.length - end) },
  ]);
}

/** The longest common subsequence, by the textbook's table. */
function middle(removed: readonly string[], added: readonly string[]): LineRun[] {
  const [rows, columns] = [removed.length, added.length];
  const whole: LineRun[] = [
    { kind: 'removed', lines: removed },
    { kind: 'added', lines: added },
  ];
  if (rows === 0 || columns === 0 || rows * columns > MOST_CELLS) return whole;
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      lengths[row * width + column] =
        removed[row] === added[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const runs: LineRun[] = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    const [old, fresh] = [removed[row], added[column]];
    if (old !== undefined && old === fresh) {
      runs.push({ kind: 'same', lines: [old] });
      row++;
      column++;
    } else if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
      runs.push({ kind: 'removed', lines: [old] });
      row++;
    } else if (fresh !== undefined) {
      runs.push({ kind: 'added', lines: [fresh] });
      column++;
    }
  }
  return runs;
}

/** Runs of a kind become one, and between two that stay, what goes stands before what comes. */
function joined(runs: readonly LineRun[]): readonly LineRun[] {
  const result: LineRun[] = [];
  let [removed, added]: [string[], string[]] = [[], []];
  const settle = (): void => {
    if (removed.length > 0) result.push({ kind: 'removed', lines: removed });
    if (added.length > 0) result.push({ kind: 'added', lines: added });
    [removed, added] = [[], []];
  };
  for (const { kind, lines } of runs) {
    if (lines.length === 0) continue;
    if (kind === 'removed') removed.push(...lines);
    else if (kind === 'added') added.push(...lines);
    else {
      settle();
      const last = result.at(-1);
      if (last?.kind === 'same') result[result.length - 1] = { kind, lines: [...last.lines, ...lines] };
      else result.push({ kind, lines });
    }
  }
  settle();
  return result;
}
