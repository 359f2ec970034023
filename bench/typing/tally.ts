import type { CompletionStats } from '../../src/protocol/completion.js';
import { percentile } from '../figures/percentile.js';
import type { ProcessorUse } from '../machine/processorTime.js';
import type { Asked } from './inlineSuggest.js';
import type { KeyRecord } from './replay.js';

/** What one arm of the replay came to. Shares are of all that is judged: wrong keys aside. */
export interface Tally {
  readonly keys: Shares;
  readonly pauses: Shares;
  /** Characters that came by accepting. */
  readonly acceptedCharacters: number;
  readonly deletions: number;
  /** Requests sent, and of those cancelled before an answer. */
  readonly requests: number;
  readonly cancelled: number;
  /** By the engine's own count, those ahead of a request and those that were broken off too. */
  readonly modelCallsPerKey: number;
  readonly evaluatedPerKey: number;
  /** From request to answer. */
  readonly latency: Readonly<Record<AnswerKind, Latency>>;
  /** From a key to what it ended with, 0 where that was there before. */
  readonly shownAfter: Latency;
  readonly processor: ProcessorUse;
}

export interface Shares {
  readonly count: number;
  readonly shown: number;
  readonly right: number;
  /** Right to the end. */
  readonly whole: number;
  /** Nothing there because the answer wasn't. */
  readonly late: number;
}

export type AnswerKind = 'cached' | 'typedThrough' | 'followed' | 'decoded warm' | 'decoded cold' | 'silent';

export interface Latency {
  readonly count: number;
  readonly p50?: number;
  readonly p95?: number;
}

/** A decoding is cold when it had to read more than this many tokens first. */
const COLD_TOKENS = 64;
const KINDS: readonly AnswerKind[] = [
  'cached',
  'typedThrough',
  'followed',
  'decoded warm',
  'decoded cold',
  'silent',
];

export interface Observed {
  readonly records: readonly KeyRecord[];
  readonly requests: readonly Asked[];
  /** All that the engine has told, from what came last before the first key. */
  readonly figures: readonly CompletionStats[];
  readonly acceptedCharacters: number;
  readonly deletions: number;
  readonly processor: ProcessorUse;
}

export function tally(observed: Observed): Tally {
  const { records, requests, figures, acceptedCharacters, deletions, processor } = observed;
  const judged = records.filter(({ isSlip }) => !isSlip);
  const answered = requests.filter(({ answeredAt, isCancelled }) => answeredAt !== undefined && !isCancelled);
  return {
    keys: shares(judged.filter(({ kind }) => kind === 'key')),
    pauses: shares(judged.filter(({ kind }) => kind === 'pause')),
    acceptedCharacters,
    deletions,
    requests: requests.length,
    cancelled: requests.filter(({ isCancelled }) => isCancelled).length,
    modelCallsPerKey: grown(figures, ({ decodingsTotal }) => decodingsTotal) / records.length,
    evaluatedPerKey: grown(figures, ({ evaluatedTotal }) => evaluatedTotal) / records.length,
    latency: Object.fromEntries(
      KINDS.map((kind) => [
        kind,
        latency(
          answered
            .filter((asked) => kindOf(asked) === kind)
            .map(({ sentAt, answeredAt }) => (answeredAt ?? 0) - sentAt),
        ),
      ]),
    ) as Record<AnswerKind, Latency>,
    shownAfter: latency(
      judged.flatMap(({ shownAfterMs }) => (shownAfterMs === undefined ? [] : [shownAfterMs])),
    ),
    processor,
  };
}

/** By how much a running total has risen since what was told before the first key. */
function grown(figures: readonly CompletionStats[], total: (figures: CompletionStats) => number): number {
  const [first, last] = [figures[0], figures.at(-1)];
  return first === undefined || last === undefined ? 0 : total(last) - total(first);
}

function kindOf({ figures }: Asked): AnswerKind {
  if (figures === undefined) return 'silent';
  if (figures.source !== 'decoded') return figures.source;
  return figures.promptTokens - figures.cachedTokens > COLD_TOKENS ? 'decoded cold' : 'decoded warm';
}

function shares(records: readonly KeyRecord[]): Shares {
  const count = records.length;
  const share = (is: (record: KeyRecord) => boolean): number =>
    count === 0 ? 0 : records.filter(is).length / count;
  return {
    count,
    shown: share(({ ghost }) => ghost !== undefined),
    right: share(({ outcome }) => outcome === 'right'),
    whole: share(({ isWhole }) => isWhole),
    late: share(({ outcome }) => outcome === 'late'),
  };
}

function latency(values: readonly number[]): Latency {
  const [p50, p95] = [percentile(values, 0.5), percentile(values, 0.95)];
  return p50 === undefined || p95 === undefined ? { count: 0 } : { count: values.length, p50, p95 };
}
