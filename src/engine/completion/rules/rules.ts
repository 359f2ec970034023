import type { CompletionContext } from '../completionContext.js';
import { dedent, type ShownText } from './dedent.js';
import { firstParagraph } from './firstParagraph.js';
import { keepIndentation } from './keepIndentation.js';
import { noChatTalk } from './noChatTalk.js';
import { noDeepStart } from './noDeepStart.js';
import { noDoubledBracket } from './noDoubledBracket.js';
import { noDoubledClosingLine } from './noDoubledClosingLine.js';
import { noFences } from './noFences.js';
import { noLineAgain } from './noLineAgain.js';
import { noLoop } from './noLoop.js';
import { noMarkup } from './noMarkup.js';
import { noMereBranch } from './noMereBranch.js';
import { noRepeatedNextLine } from './noRepeatedNextLine.js';
import { noRepeatedPreviousLine } from './noRepeatedPreviousLine.js';
import { noRepeatedSuffix } from './noRepeatedSuffix.js';
import { noScaffolding } from './noScaffolding.js';
import { noSimilarBlockBelow } from './noSimilarBlockBelow.js';
import { noSliver } from './noSliver.js';
import { noSuffixOverlap } from './noSuffixOverlap.js';
import { noTokenLoop } from './noTokenLoop.js';
import { noTrailingBlank } from './noTrailingBlank.js';
import { oneBlankAtSeam } from './oneBlankAtSeam.js';
import type { Rule } from './rule.js';
import { settledText } from './settledText.js';
import { withinScope } from './withinScope.js';

/** In this order: first what isn't code goes, then what leaves the block, what stands there already, the edges. */
const RULES: readonly Rule[] = [
  noMarkup,
  noChatTalk,
  noFences,
  noScaffolding,
  noTokenLoop,
  noLoop,
  keepIndentation,
  noDeepStart,
  withinScope,
  firstParagraph,
  noRepeatedNextLine,
  noSimilarBlockBelow,
  noRepeatedPreviousLine,
  noLineAgain,
  noRepeatedSuffix,
  noDoubledClosingLine,
  noSuffixOverlap,
  noDoubledBracket,
  noMereBranch,
  oneBlankAtSeam,
  noTrailingBlank,
  noSliver,
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

/** Fewer characters of a text that goes on are not worth a look. */
const SHORTEST_PART = 4;

/**
 * What is shown of a text, and how many characters of the line's indentation before the cursor it replaces: normally
 * none, and some where its first line belongs further left.
 * @param isPartial whether decoding goes on, so that the last line is still being written
 */
export function shownText(raw: string, context: CompletionContext, isPartial = false): ShownText {
  const text = applyRules(isPartial ? settledText(raw, context) : raw, context);
  if (text === '' || (isPartial && text.trim().length < SHORTEST_PART)) return { text: '', replaces: 0 };
  return dedent(text, context);
}
