import { languageOf } from '../../language/languageOf.js';
import { eachLineAbove, linesBelow } from '../../language/textAround.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import type { Rule } from './rule.js';

/** Ends each line of a macro over several lines with a backslash, if the macro has more lines below. */
export const continueMacro: Rule = {
  name: 'continueMacro',
  drop: (text, context) => {
    if (!isInMacro(context)) return text;
    const lines = text.split('\n');
    const hasMore = context.lineSuffix.trim() === '' && linesBelow(context, 1)[0]?.startsWith('#') === false;
    return lines
      .map((line, i) => {
        const isContinued = i < lines.length - 1 || hasMore;
        return isContinued && line.trim() !== '' && !line.endsWith('\\') ? `${line.trimEnd()} \\` : line;
      })
      .join('\n');
  },
};

/** Whether the cursor's line continues a `#define`. */
function isInMacro(context: CompletionContext): boolean {
  if (!languageOf(context.languageId).hasPreprocessor) return false;
  if (/^\s*#\s*define\b/.test(context.linePrefix)) return false;
  for (const line of eachLineAbove(context)) {
    if (!line.trimEnd().endsWith('\\')) return false;
    if (/^\s*#\s*define\b/.test(line)) return true;
  }
  return false;
}
