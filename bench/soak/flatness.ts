import type { Holdings } from './probedEngine.js';

const MAX_GROWTH = 0.05;

export interface Trend {
  readonly name: keyof Holdings;
  /** Medians of the first and the last third of the rounds. */
  readonly first: number;
  readonly last: number;
  /** 0.05 = five per cent more in the end. */
  readonly growth: number;
  readonly isFlat: boolean;
}

/** Whether what is held stays within 5 % from the first to the last third of the rounds after the warm-up. */
export function trends(rounds: readonly Holdings[]): readonly Trend[] {
  const third = Math.max(1, Math.floor(rounds.length / 3));
  const names = Object.keys(rounds[0] ?? {}) as (keyof Holdings)[];
  return names.map((name) => {
    const values = rounds.map((round) => round[name]);
    const [first, last] = [median(values.slice(0, third)), median(values.slice(-third))];
    const growth = first === last ? 0 : (last - first) / first;
    return { name, first, last, growth, isFlat: growth <= MAX_GROWTH };
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}
