import { textTable } from '../figures/textTable.js';
import type { AnswerKind, Latency, Shares, Tally } from './tally.js';

/** The arms beside each other. */
export function tallyTable(arms: readonly (readonly [string, Tally])[]): string {
  const row = (title: string, cell: (tally: Tally) => string): string[] => [
    title,
    ...arms.map(([, tally]) => cell(tally)),
  ];
  const kinds = Object.keys(arms[0]?.[1].latency ?? {}) as AnswerKind[];
  return textTable(
    ['', ...arms.map(([name]) => name)],
    [
      row('keys / pauses', ({ keys, pauses }) => `${keys.count} / ${pauses.count}`),
      ...(['shown', 'right', 'whole', 'late'] as const).map((share) =>
        row(TITLES[share], (tally) => both(tally, share)),
      ),
      row('ms until shown: p50 / p95', ({ shownAfter }) => times(shownAfter)),
      row('seconds of typing', ({ processor }) => processor.wallSeconds.toFixed(0)),
      row('busy share of all cores', ({ processor }) => processor.share.toFixed(2)),
      row('CPU seconds per second', ({ processor }) => processor.perSecond.toFixed(2)),
      row('others on the machine, share', ({ processor }) => processor.othersShare.toFixed(2)),
      row('requests a key, cancelled', ({ requests, cancelled, keys, pauses }) => {
        return `${(requests / (keys.count + pauses.count)).toFixed(2)}, ${percent(cancelled / Math.max(1, requests))}`;
      }),
      row('decodings a key', ({ modelCallsPerKey }) => fixed(modelCallsPerKey, 2)),
      row('tokens evaluated a key', ({ evaluatedPerKey }) => fixed(evaluatedPerKey, 1)),
      row('characters accepted', ({ acceptedCharacters }) => `${acceptedCharacters}`),
      row('surplus taken away, times', ({ deletions }) => `${deletions}`),
      ...kinds.map((kind) => row(`ms to answer, ${kind}`, ({ latency }) => times(latency[kind], true))),
    ],
  );
}

const TITLES = {
  shown: 'end with ghost text',
  right: 'right',
  whole: 'right to the end',
  late: 'nothing yet',
} as const satisfies Partial<Record<keyof Shares, string>>;

function both({ keys, pauses }: Tally, share: keyof typeof TITLES): string {
  return `${percent(keys[share])} / ${percent(pauses[share])}`;
}

function times({ count, p50, p95 }: Latency, withCount = false): string {
  if (p50 === undefined || p95 === undefined) return '–';
  return `${p50.toFixed(0)} / ${p95.toFixed(0)}${withCount ? ` (${count})` : ''}`;
}

/** An engine of another version may not tell it. */
function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
