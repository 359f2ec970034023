import type { QualityCase } from '../corpus/cutCases.js';
import type { Score } from './score.js';

/** A case with all its answers, for reading along. */
export function traceOf(
  { name, kind, before, gap }: QualityCase,
  scores: ReadonlyMap<string, Score>,
): string {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const answers = [...scores].map(([arm, { exact, begins, brackets, repeats, text }]) => {
    const sign = exact ? '✓' : begins ? '~' : '✗';
    const harm = `${brackets ? ' bracket!' : ''}${repeats ? ' repeat!' : ''}`;
    return `  ${sign}${harm} ${arm}: ${JSON.stringify(text)}`;
  });
  return [`${kind} ${name}`, `  ${line}▮${JSON.stringify(gap)}`, ...answers].join('\n');
}
