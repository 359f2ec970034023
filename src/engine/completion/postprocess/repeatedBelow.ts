import type { CompletionContext } from '../cursor/completionContext.js';
import { lineRole, opensBlock } from '../../language/lineRole.js';
import { linesBelow } from '../../language/textAround.js';
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
  const found = lines.findIndex((line, i) => {
    if (line.trim() === '') return false;
    const isProof = repeatsBelow(line, next, context) && !isWeak(line, context.languageId);
    return isProof || repeatsFew(lines, i, below, context);
  });
  return found < 0 ? undefined : found;
}

/** The lines below that {@link repeatedBelow} wants to know. */
export function comparedBelow(context: CompletionContext): string[] {
  return linesBelow(context, FAR);
}

/** A weak line proves nothing, but with the one behind it, and that one's like, it does. */
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
    if (!isWeak(line, languageId)) return true;
  }
  return false;
}

/** What closes a block, opens one, or is set before a definition may well stand twice. */
function isWeak(line: string, languageId: string): boolean {
  const role = lineRole(line, languageId);
  return role === 'closer' || role === 'attribute' || opensBlock(line, languageId);
}
