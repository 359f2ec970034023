import type { CompletionContext } from '../cursor/completionContext.js';
import { dedent, type ShownText } from './dedent.js';
import { cutAtBlankLine } from './cutAtBlankLine.js';
import { keepIndentation } from './keepIndentation.js';
import { dropChatTalk } from './dropChatTalk.js';
import { fixOverIndent } from './fixOverIndent.js';
import { cutDoubledBracket } from './cutDoubledBracket.js';
import { cutDoubledClosingLine } from './cutDoubledClosingLine.js';
import { stripFences } from './stripFences.js';
import { cutRepeatedLine } from './cutRepeatedLine.js';
import { cutLoop } from './cutLoop.js';
import { cutControlTokens } from './cutControlTokens.js';
import { dropEmptyBranch } from './dropEmptyBranch.js';
import { dropRepeatedNextLine } from './dropRepeatedNextLine.js';
import { dropRepeatedPreviousLine } from './dropRepeatedPreviousLine.js';
import { cutRepeatedSuffix } from './cutRepeatedSuffix.js';
import { dropPromptEcho } from './dropPromptEcho.js';
import { dropSimilarBlockBelow } from './dropSimilarBlockBelow.js';
import { dropTooShort } from './dropTooShort.js';
import { cutSuffixOverlap } from './cutSuffixOverlap.js';
import { cutTokenLoop } from './cutTokenLoop.js';
import { trimTrailingWhitespace } from './trimTrailingWhitespace.js';
import { trimLeadingBlank } from './trimLeadingBlank.js';
import type { Rule } from './rule.js';
import { stableText } from './stableText.js';
import { cutAtScopeEnd } from './cutAtScopeEnd.js';

/** In this order: first what isn't code goes, then what leaves the block, what stands there already, the edges. */
const RULES: readonly Rule[] = [
  cutControlTokens,
  dropChatTalk,
  stripFences,
  dropPromptEcho,
  cutTokenLoop,
  cutLoop,
  keepIndentation,
  fixOverIndent,
  cutAtScopeEnd,
  cutAtBlankLine,
  dropRepeatedNextLine,
  dropSimilarBlockBelow,
  dropRepeatedPreviousLine,
  cutRepeatedLine,
  cutRepeatedSuffix,
  cutDoubledClosingLine,
  cutSuffixOverlap,
  cutDoubledBracket,
  dropEmptyBranch,
  trimLeadingBlank,
  trimTrailingWhitespace,
  dropTooShort,
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
const MIN_PART_LENGTH = 4;

/**
 * What is shown of a text, and how many characters of the line's indentation before the cursor it replaces: normally
 * none, and some where its first line belongs further left.
 * @param isPartial whether decoding goes on, so that the last line is still being written
 */
export function shownText(raw: string, context: CompletionContext, isPartial = false): ShownText {
  const text = applyRules(isPartial ? stableText(raw, context) : raw, context);
  if (text === '' || (isPartial && text.trim().length < MIN_PART_LENGTH)) return { text: '', replaces: 0 };
  return dedent(text, context);
}
