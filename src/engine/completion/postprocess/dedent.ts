import { indentOf, indentWidth } from '../../language/lines.js';
import type { CompletionContext } from '../cursor/completionContext.js';
import { eachLineAbove, linesAbove } from '../../language/textAround.js';
import { languageOf } from '../../language/languageOf.js';
import { shiftedLeft } from '../../language/shiftedLeft.js';
import { blockPartner } from './blockPartner.js';

/** A text to show, and how many characters of the indentation before the cursor it replaces. */
export interface ShownText {
  readonly text: string;
  readonly replaces: number;
}

/**
 * Puts a first line to where it belongs that stands further left than the editor has indented the cursor: `else:`,
 * `}` and `</ul>` on a line of their own replace a part of the white space before them.
 */
export function dedent(text: string, context: CompletionContext): ShownText {
  const { linePrefix, languageId } = context;
  const asItIs = { text, replaces: 0 };
  if (linePrefix === '' || linePrefix.trim() !== '' || /^\s/.test(text) || languageOf(languageId).isProse)
    return asItIs;
  // The cursor stands further left than what is above: somebody has put it there already.
  const [above] = linesAbove(context, 1);
  if (above !== undefined && indentWidth(above) > indentWidth(linePrefix)) return asItIs;
  const target = openerIndent(text, context);
  if (target === undefined || !linePrefix.startsWith(target)) return asItIs;
  const columns = indentWidth(linePrefix) - indentWidth(target);
  return {
    text: withRestMoved(text, indentWidth(linePrefix), columns),
    replaces: linePrefix.length - target.length,
  };
}

/** The indentation of the nearest line above, further out than the cursor, that the text's first line belongs to. */
function openerIndent(text: string, context: CompletionContext): string | undefined {
  const [first = ''] = text.split('\n');
  const isPartner = blockPartner(first, context.languageId);
  if (isPartner === undefined) return undefined;
  let width = indentWidth(context.linePrefix);
  for (const line of eachLineAbove(context)) {
    if (indentWidth(line) >= width) continue;
    width = indentWidth(line);
    if (isPartner(line)) return indentOf(line);
  }
  return undefined;
}

/** The lines below move along, when the model has written them for the deeper place. */
function withRestMoved(text: string, cursor: number, columns: number): string {
  const [first = '', ...rest] = text.split('\n');
  const written = rest.filter((line) => line.trim() !== '');
  const isDeeper =
    written.every((line) => indentWidth(line) >= cursor) && indentWidth(written[0] ?? '') > cursor;
  return isDeeper ? [first, ...rest.map((line) => shiftedLeft(line, columns))].join('\n') : text;
}
