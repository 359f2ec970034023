import type { Holdings } from './probedEngine.js';

const MAX_GROWTH = 0.05;
/** A leak of 1 MB a minute hides in 5 % of a large model's memory, but not from this. */
const MAX_MB_PER_MINUTE = 0.5;
const MEGABYTES: readonly (keyof Holdings)[] = ['memory', 'heap'];

export interface Round {
  /** When it was measured, minutes after the start. */
  readonly minute: number;
  readonly held: Holdings;
}

export interface Trend {
  readonly name: keyof Holdings;
  /** Medians of the first and the last third of the rounds. */
  readonly first: number;
  readonly last: number;
  /** 0.05 = five per cent more in the end. */
  readonly growth: number;
  readonly perMinute: number;
  readonly isFlat: boolean;
}

/**
 * Whether what is held stays within 5 % from the first to the last third of the rounds after the warm-up, and memory
 * doesn't grow steadily either.
 */
export function trends(rounds: readonly Round[]): readonly Trend[] {
  const third = Math.max(1, Math.floor(rounds.length / 3));
  const names = Object.keys(rounds[0]?.held ?? {}) as (keyof Holdings)[];
  return names.map((name) => {
    const values = rounds.map(({ held }) => held[name]);
    const [first, last] = [median(values.slice(0, third)), median(values.slice(-third))];
    const growth = first === last ? 0 : (last - first) / first;
    const perMinute = slope(rounds.map(({ minute, held }) => [minute, held[name]]));
    const isSteady = MEGABYTES.includes(name) && perMinute > MAX_MB_PER_MINUTE;
    return { name, first, last, growth, perMinute, isFlat: growth <= MAX_GROWTH && !isSteady };
  });
}

/** Theil and Sen's: the median of the slopes between any two points, which single outliers don't change. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], index) =>
    points.slice(index + 1).map(([laterX, laterY]) => (laterY - y) / (laterX - x)),
  );
  return slopes.length === 0 ? 0 : median(slopes);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}
