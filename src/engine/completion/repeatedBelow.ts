import type { CompletionContext } from './completionContext.js';
import { lineRole } from './lineRole.js';
import { linesBelow } from './neighbourLines.js';
import { repeatsBelow } from './repeatedLine.js';

/** Lines below that are compared. */
const FAR = 4;

/**
 * Where a text begins to write what stands below the cursor: at a line that repeats the next one, or at a closing
 * line that with what follows it repeats the next few.
 * @param lines of the text, the first one with what stands before the cursor
 * @returns the line's index; `undefined` when the text goes its own way
 */
export function repeatedBelow(
  lines: readonly string[],
  below: readonly string[],
  context: Pick<CompletionContext, 'languageId'>,
): number | undefined {
  const [next] = below;
  if (next === undefined) return undefined;
  const found = lines.findIndex(
    (line, i) =>
      line.trim() !== '' && (repeatsBelow(line, next, context) || repeatsFew(lines, i, below, context)),
  );
  return found < 0 ? undefined : found;
}

/** The lines below that {@link repeatedBelow} wants to know. */
export function comparedBelow(context: CompletionContext): string[] {
  return linesBelow(context, FAR);
}

/** A closing line proves nothing, but one with a line behind it that closes nothing does. */
function repeatsFew(
  lines: readonly string[],
  from: number,
  below: readonly string[],
  { languageId }: Pick<CompletionContext, 'languageId'>,
): boolean {
  for (let i = 0; i < below.length; i++) {
    const line = lines[from + i];
    const other = below[i] ?? '';
    if (line?.trimEnd() !== other.trimEnd()) return false;
    if (lineRole(line, languageId) !== 'closer') return true;
  }
  return false;
}
