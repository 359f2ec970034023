import { languageOf } from '../../language/languageOf.js';
import { indentOf, indentWidth, shiftedLeft } from '../../language/lines.js';
import { eachLineAbove, linesAbove } from '../../language/textAround.js';
import type { CompletionContext } from '../cursor/completionContext.js';

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Words that continue a block or end it, and how the line begins that they belong to. */
const WORDS: readonly (readonly [word: RegExp, partner: RegExp])[] = [
  [/^el(?:se|if|sif|seif)\b/, /^(?:if|elif|elsif|elseif|for|while|try|except|unless|when|case)\b/],
  [/^(?:except|finally|rescue|ensure)\b/, /^(?:async with|try|except|begin|def|rescue)\b/],
  [/^(?:case\b.*:|default\s*:)/, /^(?:case\b|default\b)/],
  [/^(?:fi|then)\b/, /^(?:if|elif|else)\b/],
  [/^done\b/, /^(?:for|while|until|select)\b|\bdo$/],
  [/^esac\b/, /^case\b/],
  [
    /^end\b/,
    /^(?:def|class|module|if|elsif|elseif|else|unless|while|until|for|case|begin|(?:local )?function)\b|\bdo(?:\s*\|[^|]*\|)?$|\)$(?<=\bfunction\s*\(.*)/,
  ],
];

/** A text to show. */
export interface ShownText {
  readonly text: string;
  /** Characters of the indentation before the cursor that it replaces. */
  readonly replaces: number;
}

/**
 * Moves the first line left if it closes or continues a block, and the editor has indented the cursor for the block's
 * body: `else:`, `}` and `</ul>` on a line of their own replace a part of the white space before them.
 */
export function dedent(text: string, context: CompletionContext): ShownText {
  const { linePrefix, languageId } = context;
  const unchanged = { text, replaces: 0 };
  if (linePrefix === '' || linePrefix.trim() !== '' || /^\s/.test(text) || languageOf(languageId).isProse)
    return unchanged;
  // The cursor is further left than the line above: it has been moved there.
  const [above] = linesAbove(context, 1);
  if (above !== undefined && indentWidth(above) > indentWidth(linePrefix)) return unchanged;
  const target = openerIndent(text, context);
  if (target === undefined || !linePrefix.startsWith(target)) return unchanged;
  const columns = indentWidth(linePrefix) - indentWidth(target);
  return {
    text: withRestMoved(text, indentWidth(linePrefix), columns),
    replaces: linePrefix.length - target.length,
  };
}

/** The indentation of the nearest line above, further left than the cursor, that the text's first line belongs to. */
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

/** Moves the other lines too, if the model has indented them for the cursor's line. */
function withRestMoved(text: string, cursor: number, columns: number): string {
  const [first = '', ...rest] = text.split('\n');
  const written = rest.filter((line) => line.trim() !== '');
  const isDeeper =
    written.every((line) => indentWidth(line) >= cursor) && indentWidth(written[0] ?? '') > cursor;
  return isDeeper ? [first, ...rest.map((line) => shiftedLeft(line, columns))].join('\n') : text;
}

/** @returns a test for the line above that a block begins with; `undefined` unless `line` continues or ends a block */
function blockPartner(line: string, languageId: string): ((above: string) => boolean) | undefined {
  const text = line.trim();
  const tag = /^<\/([\w.:-]+)>/.exec(text)?.[1];
  if (tag !== undefined) return (above) => above.trim().startsWith(`<${tag}`);
  const opener = OPENING[text[0] ?? ''];
  if (opener !== undefined) return (above) => above.trim().endsWith(opener);
  // Where blocks have braces, a word that continues one follows the closing brace.
  if (languageOf(languageId).hasBraces && !/^(?:case|default)\b/.test(text)) return undefined;
  const partner = WORDS.find(([word]) => word.test(text))?.[1];
  return partner === undefined ? undefined : (above) => partner.test(above.trim());
}
