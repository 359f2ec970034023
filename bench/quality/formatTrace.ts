import type { QualityCase } from '../corpus/cutCases.js';
import type { Score } from './score.js';

/** A case with all its completions, for reading the results as they come. */
export function formatTrace(
  { name, kind, before, gap }: QualityCase,
  scores: ReadonlyMap<string, Score>,
): string {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const completions = [...scores].map(([arm, { exact, begins, brackets, repeats, text }]) => {
    const sign = exact ? '✓' : begins ? '~' : '✗';
    const defects = `${brackets ? ' bracket!' : ''}${repeats ? ' repeat!' : ''}`;
    return `  ${sign}${defects} ${arm}: ${JSON.stringify(text)}`;
  });
  return [`${kind} ${name}`, `  ${line}▮${JSON.stringify(gap)}`, ...completions].join('\n');
}
