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
const RULES: Readonly<Record<string, Rule>> = {
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
};

/** A text as the rules leave it, and the name of the rule that left nothing of it. */
export interface RuledText {
  /** `''` when nothing may be shown. */
  readonly text: string;
  /** The rule that dropped the text; absent when something is left, or when there was no text. */
  readonly droppedBy?: string;
}

/** Applies all rules to a model's text. */
export function applyRules(text: string, context: CompletionContext): RuledText {
  if (text.trim() === '') return { text: '' };
  let result = text;
  for (const [name, rule] of Object.entries(RULES)) {
    result = rule(result, context);
    if (result.trim() === '') return { text: '', droppedBy: name };
  }
  return { text: result };
}

/** Fewer characters of a text that goes on are not worth a look. */
const MIN_PART_LENGTH = 4;

/**
 * What is shown of a text, and how many characters of the line's indentation before the cursor it replaces: normally
 * none, and some where its first line belongs further left.
 * @param isPartial whether decoding goes on, so that the last line is still being written
 */
export function shownText(
  raw: string,
  context: CompletionContext,
  isPartial = false,
): ShownText & Pick<RuledText, 'droppedBy'> {
  const ruled = applyRules(isPartial ? stableText(raw, context) : raw, context);
  const { text } = ruled;
  if (text === '' || (isPartial && text.trim().length < MIN_PART_LENGTH))
    return { ...ruled, text: '', replaces: 0 };
  return dedent(text, context);
}
