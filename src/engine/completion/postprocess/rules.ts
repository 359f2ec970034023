import type { CompletionContext } from '../cursor/completionContext.js';
import { cutAtBlankLine, cutAtScopeEnd } from './blockEnd.js';
import { continueMacro } from './continueMacro.js';
import { cutDoubledBracket, cutDoubledClosingLine } from './doubledBrackets.js';
import { cutLoop, cutTokenLoop } from './loops.js';
import { cutRepeatedLine } from './cutRepeatedLine.js';
import { dedent, type ShownText } from './dedent.js';
import { dropChatTalk } from './dropChatTalk.js';
import { dropPromptEcho } from './dropPromptEcho.js';
import { dropRepeatedNextLine } from './dropRepeatedNextLine.js';
import { dropRepeatedPreviousLine } from './dropRepeatedPreviousLine.js';
import { dropSimilarBlockBelow } from './dropSimilarBlockBelow.js';
import { dropEmptyBranch, dropTooShort, trimLeadingBlank, trimTrailingWhitespace } from './edges.js';
import { fixOverIndent } from './fixOverIndent.js';
import { keepIndentation } from './keepIndentation.js';
import { beforeBegunMarkup, cutCellMagic, cutControlTokens, stripFences } from './markup.js';
import type { Rule } from './rule.js';
import { beforeBegunSuffix, cutRepeatedSuffix, cutSuffixOverlap } from './suffixOverlap.js';

/** In this order: first what isn't code goes, then what leaves the block, what is there already, the edges. */
const RULES: readonly Rule[] = [
  cutControlTokens,
  cutCellMagic,
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
  continueMacro,
  dropTooShort,
];

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
  for (const { name, drop } of RULES) {
    result = drop(result, context);
    if (result.trim() === '') return { text: '', droppedBy: name };
  }
  return { text: result };
}

/** An unfinished text with fewer characters isn't shown. */
const MIN_PARTIAL_LENGTH = 4;

/**
 * What is shown of a model's text. It replaces a part of the indentation before the cursor only where its first line
 * belongs further left.
 * @param isPartial whether the text isn't finished, so that the last line is still being written
 */
export function shownText(
  raw: string,
  context: CompletionContext,
  isPartial = false,
): ShownText & Pick<RuledText, 'droppedBy'> {
  const ruled = applyRules(isPartial ? stableText(raw, context) : raw, context);
  const { text } = ruled;
  if (text === '' || (isPartial && text.trim().length < MIN_PARTIAL_LENGTH))
    return { ...ruled, text: '', replaces: 0 };
  return dedent(text, context);
}

/** A word that may not be finished. In scripts without blanks each character is one. */
const WORD_BEGUN = /(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{M}\p{N}_$])+$/u;

/**
 * The part of an unfinished text that the rules can check. The last line ends after a whole word, and lines that may turn out to be
 * something that a rule drops are left out, so that nothing is shown that vanishes a moment later.
 */
function stableText(raw: string, context: CompletionContext): string {
  const lines = beforeBegunSuffix(beforeBegunMarkup(raw), context).split('\n');
  const written = lines.pop() ?? '';
  const last = heldBackLines(lines, written, context) > 0 ? '' : written.replace(WORD_BEGUN, '');
  if (last.trim() !== '') return [...lines, last].join('\n');
  const heldBack = Math.max(1, heldBackLines(lines, '', context));
  return lines.slice(0, lines.length + 1 - heldBack).join('\n');
}

/** How many lines at the end a rule might drop, counting the last. */
function heldBackLines(lines: readonly string[], last: string, context: CompletionContext): number {
  const text = {
    lines,
    last,
    line: (lines.length === 0 ? context.linePrefix + last : last).trim(),
    isFirst: lines.every((line) => line.trim() === ''),
  };
  return Math.max(...RULES.map(({ mightBeDropped }) => mightBeDropped?.(text, context) ?? 0));
}
