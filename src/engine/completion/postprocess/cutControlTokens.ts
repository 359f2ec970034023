import { languageOf } from '../../language/languageOf.js';
import type { Rule } from './rule.js';

/** Tokens of infill, chats, repositories and data sets, in the spellings of the model families. */
const WORDS =
  'fim[_-](?:prefix|middle|suffix|pad|hole|begin|end)|file_sep|file_separator|repo_name|reponame|filename|gh_stars|issue_(?:start|comment|closed)|jupyter_\\w+|empty_output|commit_(?:before|msg|after)|endoftext|end_of_(?:text|turn)|start_of_turn|im_(?:start|end)|tool_call|PRE|SUF|MID|EOT|EOM|END';
const MARKUP = new RegExp(
  `<\\|[^|\\s]{1,40}\\|>|<｜[^｜\\n]{1,40}｜>|</?think>|</?(?:${WORDS})>|\\[/?(?:PREFIX|SUFFIX|MIDDLE|INST)\\]|▁<`,
  'g',
);
/** `</s>` ends struck out text where tags are the language. */
const MARKUP_OR_END = new RegExp(`${MARKUP.source}|</s>`, 'g');

/** Cuts at a control token's text: what follows belongs to another document or to no one. */
export const cutControlTokens: Rule = (text, { languageId, prefix, suffix }) => {
  const pattern = languageOf(languageId).tags === 'none' ? MARKUP_OR_END : MARKUP;
  for (const { 0: mark, index } of text.matchAll(pattern)) {
    // Where the document writes of such tokens, the model may as well.
    if (!prefix.includes(mark) && !suffix.includes(mark)) return text.slice(0, index);
  }
  return text;
};
