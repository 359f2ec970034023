/** The separate changes between two versions of some lines, each of which can be taken or left by itself. */
import { diffArrays } from 'diff';

/** Lines from `start` up to `end`, without it. */
interface Lines {
  readonly start: number;
  readonly end: number;
}

/** Lines that replace others; either may be none. Counted from the first line of the text. */
export interface Hunk {
  readonly old: Lines;
  readonly now: Lines;
}

/** Blank lines and brackets between two changes don't separate them. */
export function hunksBetween(oldText: string, newText: string): readonly Hunk[] {
  const before = linesIn(oldText);
  const hunks: Hunk[] = [];
  let [old, now] = [0, 0];
  for (const { added, removed, count } of diffArrays(before, linesIn(newText))) {
    const hunk = {
      old: { start: old, end: old + (added ? 0 : count) },
      now: { start: now, end: now + (removed ? 0 : count) },
    };
    [old, now] = [hunk.old.end, hunk.now.end];
    if (!added && !removed) continue;
    const last = hunks.at(-1);
    const gap = last && before.slice(last.old.end, hunk.old.start);
    if (gap?.every((line) => !/[\p{L}\p{N}_]/u.test(line))) hunks.splice(-1, 1, union(hunks.at(-1), hunk));
    else hunks.push(hunk);
  }
  return hunks;
}

/** The old lines with some of the changes made. */
export function withHunks(oldText: string, newText: string, chosen: (hunk: Hunk) => boolean): string {
  const lineEnd = /\r\n|\n/.exec(oldText + newText)?.[0] ?? '\n';
  const [before, after] = [linesIn(oldText), linesIn(newText)];
  const lines: string[] = [];
  let done = 0;
  for (const hunk of hunksBetween(oldText, newText)) {
    lines.push(...before.slice(done, hunk.old.start));
    lines.push(
      ...(chosen(hunk)
        ? after.slice(hunk.now.start, hunk.now.end)
        : before.slice(hunk.old.start, hunk.old.end)),
    );
    done = hunk.old.end;
  }
  return [...lines, ...before.slice(done)].join(lineEnd);
}

/** The change at a line; at one that only removes lines, the line after it. */
export function hunkAt(hunks: readonly Hunk[], side: keyof Hunk, line: number): Hunk | undefined {
  return hunks.find((hunk) => {
    const { start, end } = hunk[side];
    return line >= start && (line < end || (start === end && line === start));
  });
}

function union(one: Hunk | undefined, other: Hunk): Hunk {
  return {
    old: { start: one?.old.start ?? other.old.start, end: other.old.end },
    now: { start: one?.now.start ?? other.now.start, end: other.now.end },
  };
}

function linesIn(text: string): string[] {
  return text.split(/\r\n|\n/);
}
