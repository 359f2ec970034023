import { indentWidth } from '../../language/lines.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { lineRole } from '../../language/lineRole.js';

/** Shorter lines (`pass`, `else:`) may well stand twice in a row of lines, so their place must agree as well. */
const LONG = 16;
const MIN_LENGTH = 2;
/** A shorter line above may be wanted once more: `i++;`, `foo();`. */
export const MIN_ABOVE_LENGTH = 8;

/** Whether a line says what the line below says already. What only closes a block is judged by the block. */
export function repeatsBelow(
  line: string,
  next: string | undefined,
  { languageId }: Pick<CompletionContext, 'languageId'>,
): boolean {
  if (next === undefined) return false;
  const [own, other] = [bare(line), bare(next)];
  if (own.length < MIN_LENGTH || lineRole(line, languageId) === 'closer') return false;
  if (own.length < LONG && indentWidth(line) !== indentWidth(next)) return false;
  return own === other;
}

/** Whether a line only says again what the line above says. */
export function repeatsAbove(
  line: string,
  above: string | undefined,
  { languageId }: Pick<CompletionContext, 'languageId'>,
): boolean {
  if (above === undefined || line.trim().length < MIN_ABOVE_LENGTH || line.trim() !== above.trim())
    return false;
  return indentWidth(line) === indentWidth(above) && lineRole(line, languageId) !== 'closer';
}

function bare(line: string): string {
  return line.trim().replace(/[;,]$/, '');
}
