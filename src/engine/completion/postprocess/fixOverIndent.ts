import { indentUnit } from '../../language/indentUnit.js';
import { languageOf } from '../../language/languageOf.js';
import { opensBlock } from '../../language/lineRole.js';
import { indentWidth, shiftedLeft } from '../../language/lines.js';
import { isInText } from '../../language/multilineText.js';
import { linesAbove } from '../../language/textAround.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import type { Rule } from './rule.js';

/** Columns of a step where nothing is indented yet, or with tabs. */
const DEFAULT_STEP = 4;

/** Shifts a text left whose first line is deeper than the line above lets it: nothing has opened a block there. */
export const fixOverIndent: Rule = {
  name: 'fixOverIndent',
  drop: (text, context) => {
    const { linePrefix, languageId } = context;
    const [above] = linesAbove(context, 1);
    const lines = (linePrefix + text).split('\n');
    const [first = ''] = lines;
    if (linePrefix.trim() !== '' || first.trim() === '' || above === undefined) return text;
    // Only after a finished statement or an opener is it known how deep the next line may be.
    const { colonOpensBlock, indentation, isProse } = languageOf(languageId);
    const isFinished = colonOpensBlock ? /[:)\]]$/ : /[;{}:]$/;
    if (isProse || indentation === 'exact' || !isFinished.test(above.trimEnd())) return text;
    // A statement over several lines.
    if (/^\s*(?:[.?:+*/%|&<>=,-]|and\b|or\b)/.test(text)) return text;
    const opens = opensBlock(above, languageId);
    // What a colon means isn't known: it may open a block all the same.
    if (!opens && above.trimEnd().endsWith(':')) return text;
    if (isInText(context)) return text;
    const reach = indentWidth(above) + (opens ? stepAt(context) : 0);
    const excess = indentWidth(first) - Math.max(reach, indentWidth(linePrefix));
    if (excess <= 0) return text;
    return lines
      .map((line) => shiftedLeft(line, excess))
      .join('\n')
      .slice(linePrefix.length);
  },
};

/** Columns of a step. */
function stepAt(context: CompletionContext): number {
  const unit = indentUnit(context);
  return unit === undefined || unit.useTabs ? DEFAULT_STEP : unit.size;
}
