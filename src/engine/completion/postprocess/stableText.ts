import type { CompletionContext } from '../cursor/completionContext.js';
import { repeatedAbove } from './repeatedAbove.js';
import { comparedBelow } from './repeatedBelow.js';
import { mightBeDropped } from './mightBeDropped.js';
import { isLikeBelow, undecidedLines } from './undecidedLines.js';

/** What may become a control token, a tag of thoughts, or a fence. */
const MARKUP_BEGUN = /(?:<[|｜/]?[^\s<>()]{0,40}|\[\/?[A-Z]{1,6}|(?<=^|\n)[ \t]*[`~]{1,3}[\w-]*)$/;
/** The end of a word; in scripts without blanks each character is one. */
const WORD_BEGUN = /(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{M}\p{N}_$])+$/u;

/**
 * What of a text that is still growing can be judged. The last line is cut at a word's border, and what may turn out
 * to be something that the rules drop is left out for now, so that nothing is shown that vanishes a moment later.
 */
export function stableText(raw: string, context: CompletionContext): string {
  const text = beforeRest(raw.replace(MARKUP_BEGUN, ''), context.lineSuffix.trim());
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const below = comparedBelow(context);
  if (lines.length > 0 && (repeatedAbove(lines, context).mayGoOn || isLikeBelow(lines, below, context)))
    return '';
  const settled = mightBeDropped(last, lines, below, context) ? '' : last.replace(WORD_BEGUN, '');
  if (settled.trim() !== '') return [...lines, settled].join('\n');
  return lines.slice(0, lines.length - undecidedLines(lines, below)).join('\n');
}

/** The text before what may be the rest of the cursor's line, which it has begun to write. */
function beforeRest(text: string, rest: string): string {
  for (let length = Math.min(rest.length, text.length); length > 0; length--)
    if (text.endsWith(rest.slice(0, length))) return text.slice(0, text.length - length);
  return text;
}
