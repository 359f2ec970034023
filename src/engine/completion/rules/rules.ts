import type { CompletionContext } from '../completionContext.js';
import { noChatTalk } from './noChatTalk.js';
import { noDoubledBracket } from './noDoubledBracket.js';
import { noFences } from './noFences.js';
import { noLoop } from './noLoop.js';
import { noMarkup } from './noMarkup.js';
import { noRepeatedNextLine } from './noRepeatedNextLine.js';
import { noRepeatedPreviousLine } from './noRepeatedPreviousLine.js';
import { noSuffixOverlap } from './noSuffixOverlap.js';
import { noTrailingBlank } from './noTrailingBlank.js';
import type { Rule } from './rule.js';

/** In this order: first what isn't code goes, then what stands there already, then the edges. */
const RULES: readonly Rule[] = [
  noMarkup,
  noChatTalk,
  noFences,
  noLoop,
  noRepeatedNextLine,
  noRepeatedPreviousLine,
  noSuffixOverlap,
  noDoubledBracket,
  noTrailingBlank,
];

/** What of a model's text may be shown as ghost text; `''` = nothing. */
export function applyRules(text: string, context: CompletionContext): string {
  let result = text;
  for (const rule of RULES) {
    result = rule(result, context);
    if (result.trim() === '') return '';
  }
  return result;
}

/** As `applyRules`, and how many characters of the line's indentation before the cursor the text replaces. */
export function shownText(
  raw: string,
  context: CompletionContext,
  isPartial = false,
): { readonly text: string; readonly replaces: number } {
  const cut = isPartial ? raw.replace(/[\p{L}\p{N}_]+$/u, '') : raw;
  return { text: applyRules(cut, context), replaces: 0 };
}
