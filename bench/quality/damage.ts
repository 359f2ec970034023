import { unbalancedBrackets } from '../../src/engine/edit/bracketBalance.js';
import type { QualityCase } from '../corpus/cutCases.js';

/** What a text does to its file that the right answer doesn't. */
export interface Damage {
  /** A closing bracket more that closes nothing, or one of the wrong kind. */
  readonly brackets: boolean;
  /** A line that stands above or below already, or twice in the text. */
  readonly repeats: boolean;
}

/** Shorter lines (`},`, `else:`) stand next to each other by right. */
const SHORTEST_REPEATED = 6;

export function damageOf(text: string, { file, before, gap, after }: QualityCase): Damage {
  const closing = (inserted: string): number =>
    unbalancedBrackets(before + inserted + after, file.language).replace(/[([{]/g, '').length;
  return {
    brackets: closing(text) > closing(gap),
    repeats: repeatsIn(before, text, after) > repeatsIn(before, gap, after),
  };
}

/** Lines that equal the one before them, from the cursor's line to the one after the text. */
function repeatsIn(before: string, text: string, after: string): number {
  const above = before.slice(0, before.lastIndexOf('\n') + 1);
  const lines = before.slice(above.length) + text;
  const around = [
    lastWritten(above.split('\n')),
    ...lines.split('\n'),
    lastWritten(after.split('\n').reverse()),
  ]
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return around.filter((line, i) => line.length >= SHORTEST_REPEATED && line === around[i - 1]).length;
}

function lastWritten(lines: readonly string[]): string {
  return [...lines].reverse().find((line) => line.trim() !== '') ?? '';
}
