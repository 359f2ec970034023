import type { CompletionStats } from '../../src/protocol/completion.js';
import { percentile } from '../stats/percentile.js';
import type { CpuUsage } from '../machine/cpuTime.js';
import type { RequestRecord } from './inlineSuggest.js';
import type { KeyRecord } from './replay.js';

/** Results of one arm. Shares are of all keys except mistyped ones. */
export interface TypingStats {
  readonly keys: Shares;
  readonly pauses: Shares;
  /** Number of characters accepted from ghost text. */
  readonly acceptedCharacters: number;
  readonly deletions: number;
  /** Requests sent, and how many of them were cancelled before a response. */
  readonly requests: number;
  readonly cancelled: number;
  /** As the engine counts them, including prefetches and cancelled decodings. */
  readonly modelCallsPerKey: number;
  readonly evaluatedPerKey: number;
  /** From request to response. */
  readonly latency: Readonly<Record<AnswerKind, Latency>>;
  /** From a key to the ghost text that followed it; 0 if that was visible before. */
  readonly shownAfter: Latency;
  readonly processor: CpuUsage;
}

export interface Shares {
  readonly count: number;
  readonly shown: number;
  readonly right: number;
  /** Right in full. */
  readonly whole: number;
  /** Nothing shown because the response had not arrived. */
  readonly late: number;
}

export type AnswerKind = 'cached' | 'typedThrough' | 'followed' | 'decoded warm' | 'decoded cold' | 'silent';

export interface Latency {
  readonly count: number;
  readonly p50?: number;
  readonly p95?: number;
}

/** A decoding counts as cold if it evaluated more prompt tokens than this. */
const COLD_TOKENS = 64;
const ANSWER_KINDS: readonly AnswerKind[] = [
  'cached',
  'typedThrough',
  'followed',
  'decoded warm',
  'decoded cold',
  'silent',
];

export interface Observations {
  readonly records: readonly KeyRecord[];
  readonly requests: readonly RequestRecord[];
  /** All stats sent by the engine, starting with the last ones before the first key. */
  readonly stats: readonly CompletionStats[];
  readonly acceptedCharacters: number;
  readonly deletions: number;
  readonly processor: CpuUsage;
}

export function summarize(observations: Observations): TypingStats {
  const { records, requests, stats, acceptedCharacters, deletions, processor } = observations;
  const counted = records.filter(({ isTypo }) => !isTypo);
  const answered = requests.filter(({ answeredAt, isCancelled }) => answeredAt !== undefined && !isCancelled);
  return {
    keys: shares(counted.filter(({ kind }) => kind === 'key')),
    pauses: shares(counted.filter(({ kind }) => kind === 'pause')),
    acceptedCharacters,
    deletions,
    requests: requests.length,
    cancelled: requests.filter(({ isCancelled }) => isCancelled).length,
    modelCallsPerKey: increase(stats, ({ decodingsTotal }) => decodingsTotal) / records.length,
    evaluatedPerKey: increase(stats, ({ evaluatedTotal }) => evaluatedTotal) / records.length,
    latency: Object.fromEntries(
      ANSWER_KINDS.map((kind) => [
        kind,
        latency(
          answered
            .filter((request) => answerKind(request) === kind)
            .map(({ sentAt, answeredAt }) => (answeredAt ?? 0) - sentAt),
        ),
      ]),
    ) as Record<AnswerKind, Latency>,
    shownAfter: latency(
      counted.flatMap(({ shownAfterMs }) => (shownAfterMs === undefined ? [] : [shownAfterMs])),
    ),
    processor,
  };
}

/** Increase of a running total since the stats before the first key. */
function increase(stats: readonly CompletionStats[], total: (stats: CompletionStats) => number): number {
  const [first, last] = [stats[0], stats.at(-1)];
  return first === undefined || last === undefined ? 0 : total(last) - total(first);
}

function answerKind({ stats }: RequestRecord): AnswerKind {
  if (stats === undefined) return 'silent';
  if (stats.source !== 'decoded') return stats.source;
  return stats.promptTokens - stats.cachedTokens > COLD_TOKENS ? 'decoded cold' : 'decoded warm';
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
