import { languageOf } from '../../language/languageOf.js';
import type { Rule } from './rule.js';

const FENCE = /^[ \t]*(?:```|~~~)/m;

/** Takes Markdown's code fences off: the opening one with its language, and all from the closing one on. */
export const stripFences: Rule = (text, { languageId, prefix }) => {
  if (languageOf(languageId).id === 'markdown' && !isInsideFence(prefix)) return text;
  const opened = text.replace(/^\s*(?:```|~~~)[\w+-]*[ \t]*(?:\n|$)/, '');
  const end = FENCE.exec(opened);
  return end === null ? opened : opened.slice(0, end.index).replace(/\n$/, '');
};

/** In Markdown a fence is text like any other, unless the cursor stands in a block that it would close. */
function isInsideFence(prefix: string): boolean {
  return (prefix.match(/^[ \t]*(?:```|~~~)/gm) ?? []).length % 2 === 1;
}
