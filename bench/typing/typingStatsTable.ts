import { textTable } from '../stats/textTable.js';
import type { AnswerKind, Latency, Shares, TypingStats } from './typingStats.js';

/** A table with one column per arm. */
export function typingStatsTable(arms: readonly (readonly [string, TypingStats])[]): string {
  const row = (title: string, cell: (stats: TypingStats) => string): string[] => [
    title,
    ...arms.map(([, stats]) => cell(stats)),
  ];
  const kinds = Object.keys(arms[0]?.[1].latency ?? {}) as AnswerKind[];
  return textTable(
    ['', ...arms.map(([name]) => name)],
    [
      row('keys / pauses', ({ keys, pauses }) => `${keys.count} / ${pauses.count}`),
      ...(['shown', 'right', 'whole', 'late'] as const).map((share) =>
        row(TITLES[share], (stats) => keysAndPauses(stats, share)),
      ),
      row('ms until shown: p50 / p95', ({ shownAfter }) => times(shownAfter)),
      row('seconds of typing', ({ processor }) => processor.wallSeconds.toFixed(0)),
      row('engine, share of all cores', ({ processor }) => processor.share.toFixed(2)),
      row('CPU seconds per second', ({ processor }) => processor.perSecond.toFixed(2)),
      row('other processes, share of all cores', ({ processor }) => processor.othersShare.toFixed(2)),
      row('requests per key, cancelled', ({ requests, cancelled, keys, pauses }) => {
        return `${(requests / (keys.count + pauses.count)).toFixed(2)}, ${percent(cancelled / Math.max(1, requests))}`;
      }),
      row('decodings per key', ({ modelCallsPerKey }) => decimals(modelCallsPerKey, 2)),
      row('tokens evaluated per key', ({ evaluatedPerKey }) => decimals(evaluatedPerKey, 1)),
      row('characters accepted', ({ acceptedCharacters }) => `${acceptedCharacters}`),
      row('deletions of unwanted text', ({ deletions }) => `${deletions}`),
      ...kinds.map((kind) => row(`ms to response, ${kind}`, ({ latency }) => times(latency[kind], true))),
    ],
  );
}

const TITLES = {
  shown: 'with ghost text',
  right: 'right',
  whole: 'right in full',
  late: 'no response yet',
} as const satisfies Partial<Record<keyof Shares, string>>;

function keysAndPauses({ keys, pauses }: TypingStats, share: keyof typeof TITLES): string {
  return `${percent(keys[share])} / ${percent(pauses[share])}`;
}

function times({ count, p50, p95 }: Latency, withCount = false): string {
  if (p50 === undefined || p95 === undefined) return '–';
  return `${p50.toFixed(0)} / ${p95.toFixed(0)}${withCount ? ` (${count})` : ''}`;
}

/** An engine of another version may not report the value. */
function decimals(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
