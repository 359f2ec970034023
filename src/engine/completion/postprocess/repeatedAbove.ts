import type { CompletionContext } from '../cursor/completionContext.js';
import { linesAbove } from '../../language/textAround.js';
import { repeatsAbove } from './repeatedLine.js';

/** Lines above that may come back in a row. */
const FAR = 4;

export interface RepeatedAbove {
  /** Which line of the text is the first that is not blank. */
  readonly start: number;
  /** How many lines from there on say what the last lines above say. */
  readonly count: number;
  /** Whether all lines so far say what some lines above say, but not up to the last of those yet. */
  readonly mayGoOn: boolean;
}

/**
 * How far a text says once more what the last lines above the cursor say. The model has then begun some lines too
 * early, or turns in a circle.
 */
export function repeatedAbove(lines: readonly string[], context: CompletionContext): RepeatedAbove {
  const start = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ''),
  );
  const written = lines.slice(start);
  const isBelowCursor = start > 0 && context.linePrefix.trim() !== '';
  if (start === 0) written[0] = context.linePrefix + (written[0] ?? '');
  const above = [...(isBelowCursor ? [context.linePrefix] : []), ...linesAbove(context, FAR)].reverse();
  let mayGoOn = false;
  for (let from = 0; from < above.length; from++) {
    const last = above.slice(from);
    const agreeing = last.findIndex((line, i) => !repeatsAbove(written[i] ?? '', line, context));
    if (agreeing < 0) return { start, count: last.length, mayGoOn: false };
    if (agreeing > 0 && agreeing === written.length) mayGoOn = true;
  }
  return { start, count: 0, mayGoOn };
}
