import { lineDiff } from './lineDiff.js';

/** Unchanged lines around a change, as diff and git show them. */
const CONTEXT = 3;

interface Row {
  readonly sign: ' ' | '-' | '+';
  /** With its line end; without one only at the text's end. */
  readonly text: string;
  /** Lines of either text before this one. */
  readonly before: number;
  readonly after: number;
}

/**
 * The difference of two texts as `patch` and `git apply` read it; empty when there is none.
 * @param name of the file, with slashes
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  const rows = rowsOf(before, after);
  const hunks = hunksOf(rows);
  if (hunks.length === 0) return '';
  return [`--- a/${name}\n`, `+++ b/${name}\n`, ...hunks.map(hunkText)].join('');
}

function rowsOf(before: string, after: string): Row[] {
  const rows: Row[] = [];
  let [old, fresh] = [0, 0];
  for (const { kind, lines } of lineDiff(linesWithEnds(before), linesWithEnds(after)))
    for (const text of lines) {
      const sign = kind === 'same' ? ' ' : kind === 'removed' ? '-' : '+';
      rows.push({ sign, text, before: old, after: fresh });
      if (sign !== '+') old++;
      if (sign !== '-') fresh++;
    }
  return rows;
}

/** Changes that are nearer to each other than twice the context share a hunk. */
function hunksOf(rows: readonly Row[]): Row[][] {
  const spans: { start: number; end: number }[] = [];
  rows.forEach(({ sign }, index) => {
    if (sign === ' ') return;
    const [start, end] = [Math.max(0, index - CONTEXT), Math.min(rows.length, index + CONTEXT + 1)];
    const last = spans.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else spans.push({ start, end });
  });
  return spans.map(({ start, end }) => rows.slice(start, end));
}

function hunkText(rows: readonly Row[]): string {
  const [first] = rows;
  const old = range(first?.before ?? 0, rows.filter(({ sign }) => sign !== '+').length);
  const fresh = range(first?.after ?? 0, rows.filter(({ sign }) => sign !== '-').length);
  const body = rows.map(({ sign, text }) =>
    text.endsWith('\n') ? `${sign}${text}` : `${sign}${text}\n\\ No newline at end of file\n`,
  );
  return `@@ -${old} +${fresh} @@\n${body.join('')}`;
}

/** Lines are counted from 1, yet a hunk without lines names the one before it. */
function range(start: number, count: number): string {
  const line = count === 0 ? start : start + 1;
  return count === 1 ? `${line}` : `${line},${count}`;
}

function linesWithEnds(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
